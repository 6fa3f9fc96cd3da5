using System.Buffers;
using System.Text;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Detects YAML in a text that is not JSON, since people confuse both.</summary>
internal static class YamlLook
{
    private const int MaxLines = 50;
    private const int MaxLineBytes = 200;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.$");

    /// <summary>
    /// Returns whether the text has a YAML document start, a list, or keys without quotes before colons. One key must be alone on its line, or there
    /// must be two.
    /// </summary>
    public static bool IsLike(ReadOnlySpan<byte> document)
    {
        var keys = 0;
        var lines = 0;
        while (!document.IsEmpty && lines++ < MaxLines)
        {
            var end = document.IndexOf((byte)'\n');
            var line = Encoding.UTF8.GetString(document[..Math.Min(end < 0 ? document.Length : end, MaxLineBytes)]).TrimEnd();
            document = end < 0 ? default : document[(end + 1)..];
            if (line.Length == 0 || line.TrimStart()[0] == '#')
                continue;
            if (keys == 0 && (line == "---" || line.StartsWith("%YAML", StringComparison.Ordinal)))
                return true;
            if (!IsKey(line.TrimStart(' ', '-'), out var isAlone))
                return false;
            if (isAlone || ++keys == 2)
                return true;
        }

        return false;
    }

    private static bool IsKey(string line, out bool isAlone)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        isAlone = colon == line.Length - 1;
        return colon > 0 && (isAlone || line[colon + 1] == ' ') && line.AsSpan(0, colon).IndexOfAnyExcept(KeyCharacters) < 0;
    }
}
