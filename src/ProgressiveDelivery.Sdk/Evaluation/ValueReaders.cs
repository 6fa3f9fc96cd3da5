using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Reads a variant as the type asked for; fails where the flag has another.</summary>
internal interface IValueReader<T>
{
    bool TryRead(CompiledFlag flag, CompiledVariant variant, out T value);
}

internal readonly struct BooleanReader : IValueReader<bool>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out bool value)
    {
        value = variant.Boolean;
        return (flag.Type == FlagType.Boolean && variant.HasValue) || TryReadFacet(variant, out value);
    }

    /// <summary>Reads whether the flag is on, where it has that as a second facet.</summary>
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
        return flag.Type == FlagType.String && variant.HasValue;
    }
}

internal readonly struct IntegerReader : IValueReader<long>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out long value)
    {
        value = variant.Integer;
        return flag.Type == FlagType.Integer && variant.HasValue;
    }
}

internal readonly struct NumberReader : IValueReader<double>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out double value)
    {
        value = variant.Number;
        return flag.Type is FlagType.Number or FlagType.Integer && variant.HasValue;
    }
}

internal readonly struct JsonReader<T>(JsonTypeInfo<T> type) : IValueReader<T>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out T value)
    {
        value = default!;
        return flag.Type == FlagType.Json && variant.HasValue && variant.TryGetObject(type, out value);
    }
}

/// <summary>Reads as a declared flag says. For plain types the branches are settled when the method is compiled.</summary>
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
            return flag.Type == FlagType.Integer && variant.HasValue;
        }

        if (typeof(T) == typeof(int))
        {
            value = (T)(object)unchecked((int)variant.Integer);
            return flag.Type == FlagType.Integer && variant.HasValue && variant.Integer is >= int.MinValue and <= int.MaxValue;
        }

        if (typeof(T) == typeof(double))
        {
            value = (T)(object)variant.Number;
            return flag.Type is FlagType.Number or FlagType.Integer && variant.HasValue;
        }

        var isText = flag.Type == FlagType.String && variant.HasValue;
        value = isText ? (T)(object)variant.Text : default!;
        return isText;
    }
}
