using System.Text.Json;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk;

/// <summary>A client-visible flag as one context sees it.</summary>
public readonly struct ClientFlag
{
    private readonly CompiledFlag _flag;
    private readonly Decision _decision;

    internal ClientFlag(CompiledFlag flag, Decision decision)
    {
        _flag = flag;
        _decision = decision;
    }

    /// <summary>The flag's key.</summary>
    public string Key => _flag.Key;

    /// <summary>The flag's type.</summary>
    public FlagType Type => _flag.Type;

    /// <summary>The variant served.</summary>
    public string Variant => Served.Name;

    /// <summary>Why.</summary>
    public EvaluationReason Reason => _decision.Reason;

    private CompiledVariant Served => _flag.Variants[_decision.Variant];

    /// <summary>Writes the value, as JSON of the flag's type.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteValueTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (Type)
        {
            case FlagType.Boolean:
                writer.WriteBooleanValue(Served.Boolean);
                break;
            case FlagType.Integer:
                writer.WriteNumberValue(Served.Integer);
                break;
            case FlagType.Number:
                writer.WriteNumberValue(Served.Number);
                break;
            case FlagType.String:
                writer.WriteStringValue(Served.Text);
                break;
            default:
                WriteJsonTo(writer, Served.Text);
                break;
        }
    }

    // Raw text would carry an author's "</script>" past the writer's encoder.
    private static void WriteJsonTo(Utf8JsonWriter writer, string text)
    {
        if (!text.AsSpan().ContainsAny('<', '>', '&'))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(text);
        document.RootElement.WriteTo(writer);
    }
}
