using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Fuzz;

/// <summary>What the fuzzer starts from: inputs, one folder a target, and the words of the formats.</summary>
internal static class FuzzCorpus
{
    private const string Project = "ProgressiveDelivery.Sdk.Fuzz";

    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(string target) =>
    [
        .. Directory.GetFiles(Repository.PathOf("tests", Project, "corpus", target))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))),
    ];

    public static IReadOnlyList<byte[]> Words { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tests", Project, "dictionary.txt"))
            .Where(line => line.Contains('"', StringComparison.Ordinal))
            .Select(line => Unescape(line[(line.IndexOf('"', StringComparison.Ordinal) + 1)..^1])),
    ];

    // \\, \" and \xNN, as AFL++ has them.
    private static byte[] Unescape(string word)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != '\\')
                bytes.AddRange(Encoding.UTF8.GetBytes(word[i..(i + 1)]));
            else if (word[++i] != 'x')
                bytes.Add((byte)word[i]);
            else
                bytes.Add(byte.Parse(word.AsSpan((i += 2) - 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        return [.. bytes];
    }
}
