using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Checks that each variant has a value of the flag's type, and prepares the value.</summary>
internal static class VariantCompiler
{
    public static CompiledVariant[] Compile(FlagScope scope)
    {
        var definitions = scope.Definition.Variants;
        scope.Enter("variants");
        if (definitions.Count == 0)
            scope.Report(DiagnosticCatalog.MissingMember(scope.Path, scope.Subject, "variants", "an object with at least one variant"));
        else if (definitions.Count > short.MaxValue)
            scope.Report(DiagnosticCatalog.FlagLimitExceeded(scope.Path, scope.Subject, $"{definitions.Count} variants", short.MaxValue, "nothing: it is fixed"));

        var variants = new CompiledVariant[definitions.Count];
        for (var i = 0; i < variants.Length; i++)
            variants[i] = Compile(scope, definitions[i]);
        scope.Leave();
        return variants;
    }

    private static CompiledVariant Compile(FlagScope scope, VariantDefinition definition)
    {
        var (name, value) = (definition.Name, definition.Value);
        if (value.Type is null && (definition.Enabled is not null || value == VariantValue.None))
            return Named(CompiledVariant.WithoutValue(name, definition.Enabled), definition);
        if (Read(scope.Definition.Type, name, value) is { } variant)
        {
            variant.Enabled = definition.Enabled;
            return Named(variant, definition);
        }

        scope.EnterKey(name);
        scope.Report(DiagnosticCatalog.InvalidVariantValue(scope.Path, scope.Definition.Key, name, value.ToString(), scope.Definition.Type));
        scope.Leave();
        return CompiledVariant.OfText(name, "");
    }

    private static CompiledVariant Named(CompiledVariant variant, VariantDefinition definition)
    {
        variant.Label = definition.Label ?? definition.Name;
        return variant;
    }

    private static CompiledVariant? Read(FlagType type, string name, VariantValue value) => (type, value.Type) switch
    {
        _ when value.IsUntyped => type == value.Type ? Untyped(name, value) : null,
        (FlagType.Boolean, FlagType.Boolean) => CompiledVariant.OfBoolean(name, value.Bits != 0),
        (FlagType.String, FlagType.String) => CompiledVariant.OfText(name, value.Text!),
        (FlagType.Json, FlagType.Json) => CompiledVariant.OfJson(name, value.Text!),
        (FlagType.Integer, FlagType.Integer) => CompiledVariant.OfInteger(name, value.Bits),
        (FlagType.Integer, FlagType.Number) when IsWhole(Double(value)) => CompiledVariant.OfInteger(name, (long)Double(value)),
        (FlagType.Number, FlagType.Integer) => CompiledVariant.OfNumber(name, value.Bits),
        (FlagType.Number, FlagType.Number) when double.IsFinite(Double(value)) => CompiledVariant.OfNumber(name, Double(value)),
        _ => null,
    };

    private static CompiledVariant Untyped(string name, VariantValue value)
    {
        var text = value.Type == FlagType.Json ? TextOf(value.Text!) : value.Text;
        var json = value.Type switch
        {
            FlagType.Json => value.Text!,
            FlagType.String => $"\"{JsonEncodedText.Encode(text!)}\"",
            _ => value.ToString(),
        };
        return CompiledVariant.OfUntyped(name, text, VariantValue.TryWhole(text, out var whole) ? whole : null, json);
    }

    // The text form of a JSON value in configuration; null for an object and a list.
    private static string? TextOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.String => document.RootElement.GetString(),
            JsonValueKind.Number => document.RootElement.GetRawText(),
            JsonValueKind.True => bool.TrueString,
            JsonValueKind.False => bool.FalseString,
            _ => null,
        };
    }

    private static double Double(VariantValue value) => BitConverter.Int64BitsToDouble(value.Bits);

    // 2^63 is the first double that does not fit.
    private static bool IsWhole(double value) => Math.Floor(value) == value && value is >= long.MinValue and < 9223372036854775808.0;
}
