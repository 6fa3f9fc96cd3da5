using System.Globalization;
using System.IO.Hashing;
using System.Text;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>
/// A file that snapshots or kills were kept in. Any bytes are judged, also behind a checksum that fits; and what was stored is found
/// whole, and not once a bit of it has changed or its end is missing.
/// </summary>
internal sealed class StoredTarget : IFuzzTarget
{
    private const string Format = "progressive-delivery/1 é";

    private static readonly KillReader Kills = new(FuzzLimits.Snapshot);

    public string Name => "stored";

    public void Run(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Judge(input);
        Judge(BehindAChecksum(input));
        IsFoundAsStored(input);
        Promise.WithinBudget(input, before);
    }

    private static void Judge(byte[] file)
    {
        var outcome = StoredSnapshot.Open(file, out var stored);
        Promise.Holds(stored is not null == (outcome == FallbackOutcome.Found));
        foreach (var text in stored?.Texts ?? [])
        {
            _ = Texts.Read(text.Bytes, FuzzLimits.Snapshot);
            _ = Kills.Read(text.Bytes, out _);
        }
    }

    // The first byte says how many texts there are.
    private static byte[] BehindAChecksum(byte[] rest)
    {
        var count = rest.Length == 0 ? 0 : rest[0] % 4;
        var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"PDLKG1 any 7 {count} {rest.Length} "));
        var checksum = XxHash128.HashToUInt128([.. line, .. rest]).ToString("x32", CultureInfo.InvariantCulture);
        return [.. line, .. Encoding.ASCII.GetBytes(checksum), (byte)'\n', .. rest];
    }

    private static void IsFoundAsStored(byte[] body)
    {
        // Some version and place, always the same for the same input.
        var some = XxHash64.HashToUInt64(body);
        var middle = (int)(some % (ulong)(body.Length + 1));
        SignedText[] texts = [new(body.AsMemory(0, middle), null), new(body.AsMemory(middle), null)];
        byte[] file = [.. new StoredSnapshot(Format, (long)(some >> 1), texts).Write().SelectMany(piece => piece.ToArray())];
        Promise.Holds(StoredSnapshot.Open(file, out var found) == FallbackOutcome.Found);
        Promise.Holds((found!.Format, found.Version) == (Format, (long)(some >> 1)));
        Promise.Same([.. found.Texts.Select(Facts)], [.. texts.Select(Facts)], "texts stored and found");

        var place = (int)(some % (ulong)file.Length);
        Promise.Holds(StoredSnapshot.Open(file.AsMemory(0, place), out _) != FallbackOutcome.Found);
        file[place] ^= (byte)(1 << (int)(some >> 61));
        Promise.Holds(StoredSnapshot.Open(file, out _) != FallbackOutcome.Found);
    }

    private static string Facts(SignedText text) => $"{Convert.ToHexString(text.Bytes.Span)} {text.Signature}";
}
