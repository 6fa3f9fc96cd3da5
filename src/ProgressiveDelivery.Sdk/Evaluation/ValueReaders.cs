using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Reads a variant as the requested type; fails if the flag has another type.</summary>
internal interface IValueReader<T>
{
    bool TryRead(CompiledFlag flag, CompiledVariant variant, out T value);
}

internal readonly struct BooleanReader : IValueReader<bool>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out bool value)
    {
        value = variant.Boolean;
        return (variant.Forms & ValueForms.Boolean) != 0 || TryReadFacet(variant, out value);
    }

    /// <summary>Reads the second facet of a variant, whether the flag is on; false if it has no such facet.</summary>
    public static bool TryReadFacet(CompiledVariant variant, out bool value)
    {
        value = variant.Enabled.GetValueOrDefault();
        return variant.Enabled.HasValue;
    }
}

internal readonly struct TextValueReader : IValueReader<string?>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out string? value)
    {
        value = variant.Text;
        return (variant.Forms & ValueForms.String) != 0;
    }
}

internal readonly struct IntegerReader : IValueReader<long>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out long value)
    {
        value = variant.Integer;
        return (variant.Forms & ValueForms.Integer) != 0;
    }
}

internal readonly struct NumberReader : IValueReader<double>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out double value)
    {
        value = variant.Number;
        return (variant.Forms & ValueForms.Number) != 0;
    }
}

internal readonly struct JsonReader<T>(JsonTypeInfo<T> type) : IValueReader<T>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out T value)
    {
        value = default!;
        return (variant.Forms & ValueForms.Json) != 0 && variant.TryGetObject(type, out value);
    }
}

/// <summary>Reads a variant of any type as JSON; one without a value as the on/off state that it has.</summary>
internal readonly struct UntypedReader : IValueReader<JsonElement>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out JsonElement value)
    {
        value = variant.Element(flag.Type);
        return value.ValueKind != JsonValueKind.Undefined;
    }
}

/// <summary>Reads a variant as the type of a declared flag. For plain types the JIT removes the other branches.</summary>
internal readonly struct DeclaredReader<T>(JsonTypeInfo<T>? json) : IValueReader<T>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out T value)
    {
        if (json is not null)
            return new JsonReader<T>(json).TryRead(flag, variant, out value);
        if (typeof(T) == typeof(bool))
        {
            var read = default(BooleanReader).TryRead(flag, variant, out var boolean);
            value = (T)(object)boolean;
            return read;
        }

        if (typeof(T) == typeof(long))
        {
            value = (T)(object)variant.Integer;
            return (variant.Forms & ValueForms.Integer) != 0;
        }

        if (typeof(T) == typeof(int))
        {
            value = (T)(object)unchecked((int)variant.Integer);
            return (variant.Forms & ValueForms.Integer) != 0 && variant.Integer is >= int.MinValue and <= int.MaxValue;
        }

        if (typeof(T) == typeof(double))
        {
            value = (T)(object)variant.Number;
            return (variant.Forms & ValueForms.Number) != 0;
        }

        var isText = (variant.Forms & ValueForms.String) != 0;
        value = isText ? (T)(object)variant.Text : default!;
        return isText;
    }
}
