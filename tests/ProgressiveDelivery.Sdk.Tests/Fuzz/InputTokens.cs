using System.Buffers;

namespace ProgressiveDelivery.Sdk.Tests.Fuzz;

/// <summary>Finds the names, values and lines of an input, nested ones too.</summary>
internal static class InputTokens
{
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);
    private static readonly SearchValues<byte> OfWords = SearchValues.Create("0123456789+-.eEabcdfghijklmnopqrstuvwxyz"u8);

    public static bool IsNumber(ReadOnlySpan<byte> token) => !token.ContainsAnyExcept(OfNumbers);

    public static List<InputToken> Of(ReadOnlySpan<byte> input)
    {
        var tokens = new List<InputToken>();
        for (var start = 0; start < input.Length; start++)
        {
            var length = LengthAt(input[start..]);
            if (length == 0)
                continue;
            tokens.Add(new(start..(start + length), KindOf(input, start, start + length)));
            if (input[start] is not ((byte)'{' or (byte)'[' or (byte)'\n'))
                start += length - 1;
        }

        return tokens;
    }

    private static InputTokenKind KindOf(ReadOnlySpan<byte> input, int start, int end)
    {
        if (input[start] == (byte)'\n')
            return InputTokenKind.Line;
        var rest = input[end..].TrimStart(" \n"u8);
        return input[start] == (byte)'"' && rest.StartsWith(":"u8) ? InputTokenKind.Name : InputTokenKind.Value;
    }

    private static int LengthAt(ReadOnlySpan<byte> rest) => rest[0] switch
    {
        (byte)'"' => Text(rest),
        (byte)'{' or (byte)'[' => Nested(rest),
        (byte)'\n' => 1 + Math.Max(rest[1..].IndexOf((byte)'\n'), 0),
        _ => Word(rest),
    };

    private static int Word(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExcept(OfWords);
        return end < 0 ? rest.Length : end;
    }

    private static int Text(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'"')
                return i + 1;
            if (rest[i] == (byte)'\\')
                i++;
        }

        return 0;
    }

    private static int Nested(ReadOnlySpan<byte> rest)
    {
        var depth = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            depth += rest[i] is (byte)'{' or (byte)'[' ? 1 : rest[i] is (byte)'}' or (byte)']' ? -1 : 0;
            if (depth == 0)
                return i + 1;
        }

        return 0;
    }
}
