namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>A position in the text of an expression, shared by its parsers.</summary>
internal sealed class PatternReader(string text)
{
    public int At { get; set; }

    public bool IsAtEnd => At >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Next => Peek(0);

    public char Peek(int ahead) => At + ahead < text.Length ? text[At + ahead] : '\0';

    /// <summary>Returns the text from a position to the current one.</summary>
    public string Since(int start) => text[start..At];

    public char Read() => text[At++];

    public bool StartsWith(string start) => text.AsSpan(At).StartsWith(start, StringComparison.Ordinal);

    public bool TrySkip(char character)
    {
        if (IsAtEnd || text[At] != character)
            return false;
        At++;
        return true;
    }

    public bool TrySkip(string start)
    {
        if (!StartsWith(start))
            return false;
        At += start.Length;
        return true;
    }

    /// <summary>Reads up to a character and past it; null if it does not occur.</summary>
    public string? ReadTo(char end)
    {
        var place = text.IndexOf(end, At);
        if (place < 0)
            return null;
        var read = text[At..place];
        At = place + 1;
        return read;
    }

    /// <summary>Skips the rest of a line.</summary>
    public void SkipLine() => At = text.IndexOf('\n', At) is >= 0 and var end ? end + 1 : text.Length;

    /// <summary>Reads the character of an escape, after its backslash. Null if it is not a character, or if this reader does not support it.</summary>
    public char? ReadEscape()
    {
        if (IsAtEnd)
            return null;
        var character = Read();
        return character switch
        {
            'a' => '\a',
            'b' => '\b',
            'e' => '\u001B',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            'x' => ReadHex(2),
            'u' => ReadHex(4),
            'c' => ReadControl(),
            '0' => ReadOctal(),
            _ => char.IsLetterOrDigit(character) || character is '_' or > '\u007F' ? null : character,
        };
    }

    private char? ReadHex(int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(Next))
                return null;
            value = (value * 16) + Convert.ToInt32(Read().ToString(), 16);
        }

        return (char)value;
    }

    private char ReadOctal()
    {
        var value = 0;
        for (var i = 0; i < 2 && Next is >= '0' and <= '7'; i++)
            value = (value * 8) + (Read() - '0');
        return (char)value;
    }

    private char? ReadControl() => char.IsAsciiLetter(Next) ? (char)(char.ToUpperInvariant(Read()) - '@') : null;
}
