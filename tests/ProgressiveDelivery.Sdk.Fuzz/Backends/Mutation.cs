using System.Buffers;
using System.Text;

namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>A way to break one value of a document.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Apply">The document so broken; null where it does not apply to the value.</param>
/// <param name="IsHarmless">Whether the document means the same as before.</param>
internal sealed record Mutation(string Name, Func<byte[], JsonPart, byte[]?> Apply, bool IsHarmless = false)
{
    private const int Copies = 200;
    private const int Nesting = 20;
    private const int LongText = 20_000;

    private static readonly SearchValues<byte> OfWholeNumbers = SearchValues.Create("0123456789-"u8);

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "99999999999999999999", "1e999", "-1e999", "2147483648", "9223372036854775807", "\"\"", "\"x\"", "\"NaN\"", "\"-1\"", "[]", "{}", "[null]", "[[]]", "{\"\":null}",
        "\"\\ud800\"", "{\"\\udfff\":1}", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"(\"", "\"\\u0000\"", "17",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("removed", Remove),
        new("doubled", Double),
        new("many times", ManyTimes),
        new("in a list", (document, part) => With(document, part.Start, part.End, [(byte)'[', .. Text(document, part), (byte)']'])),
        new("nested", (document, part) => With(document, part.Start, part.End, [.. Bytes(new('[', Nesting)), .. Text(document, part), .. Bytes(new(']', Nesting))])),
        new("long text", (document, part) => With(document, part.Start, part.End, Bytes($"\"{new string('a', LongText)}\""))),
        new("name that is no text", (document, part) => Rename(document, part, "\"\\ud800\"")),
        new("empty name", (document, part) => Rename(document, part, "\"\"")),
        new("whole number with a point", (document, part) => Whole(document, part, ".0"), IsHarmless: true),
        new("whole number with an exponent", (document, part) => Whole(document, part, "e0"), IsHarmless: true),
        .. Values.Select(value => new Mutation($"is {value}", (document, part) => With(document, part.Start, part.End, Bytes(value)))),
    ];

    private static byte[]? Remove(byte[] document, JsonPart part)
    {
        if (part.Path.Length == 0)
            return [];
        var (start, end) = (FromName(part), part.End);
        var next = end + Blank(document.AsSpan(end));
        if (document[next] == (byte)',')
            return With(document, start, next + 1, []);
        var before = document.AsSpan(0, start).TrimEnd(" \t\r\n"u8).Length;
        return document[before - 1] == (byte)',' ? With(document, before - 1, end, []) : With(document, start, end, []);
    }

    private static byte[]? Double(byte[] document, JsonPart part) =>
        part.Path.Length == 0 ? [.. document, .. document] : With(document, part.End, part.End, [(byte)',', .. document[FromName(part)..part.End]]);

    private static byte[]? ManyTimes(byte[] document, JsonPart part) => part.NameStart >= 0 || part.Path.Length == 0 || part.End - part.Start > LongText / Copies
        ? null
        : With(document, part.End, part.End, [.. Enumerable.Repeat<byte[]>([(byte)',', .. Text(document, part)], Copies).SelectMany(copy => copy)]);

    private static byte[]? Rename(byte[] document, JsonPart part, string name) =>
        part.NameStart < 0 ? null : With(document, part.NameStart, part.Start, Bytes($"{name}:"));

    private static byte[]? Whole(byte[] document, JsonPart part, string end) =>
        document.AsSpan(part.Start, part.End - part.Start).ContainsAnyExcept(OfWholeNumbers) ? null : With(document, part.End, part.End, Bytes(end));

    private static int FromName(JsonPart part) => part.NameStart < 0 ? part.Start : part.NameStart;

    private static int Blank(ReadOnlySpan<byte> text) => text.Length - text.TrimStart(" \t\r\n"u8).Length;

    private static byte[] Text(byte[] document, JsonPart part) => document[part.Start..part.End];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] With(byte[] document, int start, int end, byte[] replacement) => [.. document[..start], .. replacement, .. document[end..]];
}
