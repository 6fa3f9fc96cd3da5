using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Begins the names of the files of one client and source: a readable part that cannot leave the folder, and a hash that distinguishes them.</summary>
internal static class FallbackPath
{
    private const int MaxReadablePart = 40;

    public static string Of(string folder, string client, string source) =>
        Path.Combine(folder, $"{Readable(client)}-{Hash(client, source)}");

    private static string Readable(string client) =>
        string.Concat(client.Take(MaxReadablePart).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    // The length in front keeps ("a", "bc") and ("ab", "c") apart.
    private static string Hash(string client, string source) =>
        XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{client.Length}:{client}{source}")).ToString("x32", CultureInfo.InvariantCulture);
}
