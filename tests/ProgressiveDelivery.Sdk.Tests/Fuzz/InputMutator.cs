using System.Text;

namespace ProgressiveDelivery.Sdk.Tests.Fuzz;

/// <summary>Makes inputs out of inputs, most of them so that the form survives and the meaning does not. The same seed makes the same ones.</summary>
internal sealed class InputMutator
{
    private const int MaxChanges = 3;
    private const int Longest = 16_000;

    private static readonly byte[][] Numbers =
    [
        .. new[] { "0", "-0.0", "-1", "1", "2", "1.0", "1e2", "99.9999", "0.00001", "1e-400", "1e999", "1000001", "2147483648", "9007199254740993", "9223372036854775807", "9223372036854775808", "79228162514264337593543950336", new string('9', 400) }
            .Select(Encoding.ASCII.GetBytes),
    ];

    private readonly IReadOnlyList<byte[]> _corpus;
    private readonly IReadOnlyList<byte[]> _words;
    private readonly Dictionary<InputTokenKind, byte[][]> _parts;
    private readonly Random _random;

    public InputMutator(IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words, int seed)
    {
        (_corpus, _words, _random) = (corpus, words, new(seed));
        _parts = corpus
            .SelectMany(input => InputTokens.Of(input).Select(token => (token.Kind, Bytes: input[token.Place])))
            .Concat(words.Where(word => word is [(byte)'"', .., (byte)'"']).SelectMany(NameAndValue))
            .DistinctBy(part => (part.Kind, Convert.ToHexString(part.Bytes)))
            .GroupBy(part => part.Kind, part => part.Bytes)
            .ToDictionary(kind => kind.Key, kind => kind.ToArray());
    }

    public byte[] Next()
    {
        var input = One(_corpus);
        for (var changes = _random.Next(MaxChanges); changes >= 0; changes--)
            input = Change(input);
        return input.Length > Longest ? input[..Longest] : input;
    }

    private static IEnumerable<(InputTokenKind Kind, byte[] Bytes)> NameAndValue(byte[] text) => [(InputTokenKind.Name, text), (InputTokenKind.Value, text)];

    private byte[] Change(byte[] input)
    {
        var tokens = InputTokens.Of(input);
        if (tokens.Count == 0)
            return [.. input, .. One(_words)];
        var token = One(tokens);
        var like = One(tokens.FindAll(other => other.Kind == token.Kind)).Place;
        return _random.Next(16) switch
        {
            0 => FlipBit(input),
            1 => _random.Next(4) == 0 ? input[.._random.Next(input.Length)] : With(input, token.Place, []),
            2 => With(input, token.Place.Start..token.Place.Start, One(_words)),
            3 => With(input, token.Place, Repeated(input[token.Place])),
            4 => With(input, Number(input, tokens), One(Numbers)),
            5 => With(input, token.Place, Nested(input[token.Place])),
            6 or 7 => Exchange(input, token.Place, like),
            8 or 9 => With(input, token.Place, input[like]),
            _ => With(input, token.Place, One(_parts[token.Kind])),
        };
    }

    private byte[] FlipBit(byte[] input)
    {
        var flipped = (byte[])input.Clone();
        flipped[_random.Next(input.Length)] ^= (byte)(1 << _random.Next(8));
        return flipped;
    }

    private byte[] Repeated(byte[] token)
    {
        var repeated = new List<byte>(token);
        for (var times = _random.Next(3); times >= 0; times--)
            repeated.AddRange(token[0] == (byte)'\n' ? token : [(byte)',', .. token]);
        return [.. repeated];
    }

    private static byte[] Exchange(byte[] input, Range one, Range other)
    {
        var (first, second) = one.Start.Value <= other.Start.Value ? (one, other) : (other, one);
        return first.End.Value > second.Start.Value
            ? With(input, first, input[second])
            : [.. input[..first.Start], .. input[second], .. input[first.End..second.Start], .. input[first], .. input[second.End..]];
    }

    private Range Number(byte[] input, List<InputToken> tokens)
    {
        var numbers = tokens.FindAll(token => InputTokens.IsNumber(input.AsSpan(token.Place)));
        return One(numbers.Count > 0 ? numbers : tokens).Place;
    }

    private byte[] Nested(byte[] token)
    {
        var depth = _random.Next(4) == 0 ? _random.Next(300) : _random.Next(1, 4);
        var (open, close) = _random.Next(2) == 0 ? ("[", "]") : ("{\"not\":", "}");
        return [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, depth))), .. token, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(close, depth)))];
    }

    private static byte[] With(byte[] input, Range old, byte[] replacement) => [.. input[..old.Start], .. replacement, .. input[old.End..]];

    private T One<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
