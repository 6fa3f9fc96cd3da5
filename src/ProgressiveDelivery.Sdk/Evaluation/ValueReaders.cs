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
        return flag.Type == FlagType.Boolean;
    }
}

internal readonly struct TextValueReader : IValueReader<string?>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out string? value)
    {
        value = variant.Text;
        return flag.Type == FlagType.String;
    }
}

internal readonly struct IntegerReader : IValueReader<long>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out long value)
    {
        value = variant.Integer;
        return flag.Type == FlagType.Integer;
    }
}

internal readonly struct NumberReader : IValueReader<double>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out double value)
    {
        value = variant.Number;
        return flag.Type is FlagType.Number or FlagType.Integer;
    }
}

internal readonly struct JsonReader<T>(JsonTypeInfo<T> type) : IValueReader<T>
{
    public bool TryRead(CompiledFlag flag, CompiledVariant variant, out T value)
    {
        value = default!;
        return flag.Type == FlagType.Json && variant.TryGetObject(type, out value);
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
            value = (T)(object)variant.Boolean;
            return flag.Type == FlagType.Boolean;
        }

        if (typeof(T) == typeof(long))
        {
            value = (T)(object)variant.Integer;
            return flag.Type == FlagType.Integer;
        }

        if (typeof(T) == typeof(int))
        {
            value = (T)(object)unchecked((int)variant.Integer);
            return flag.Type == FlagType.Integer && variant.Integer is >= int.MinValue and <= int.MaxValue;
        }

        if (typeof(T) == typeof(double))
        {
            value = (T)(object)variant.Number;
            return flag.Type is FlagType.Number or FlagType.Integer;
        }

        value = flag.Type == FlagType.String ? (T)(object)variant.Text : default!;
        return flag.Type == FlagType.String;
    }
}
