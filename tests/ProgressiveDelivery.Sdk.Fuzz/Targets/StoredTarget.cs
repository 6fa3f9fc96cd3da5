using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>
/// A file that a snapshot was kept in. Any bytes are judged; what was stored is found whole, and not once a bit of it has changed or
/// its end is missing; whatever it holds, reading it as the kills that were kept is no danger.
/// </summary>
internal sealed class StoredTarget : IFuzzTarget
{
    private const string Format = "progressive-delivery/1";

    private static readonly KillReader Kills = new(FuzzLimits.Snapshot);

    public string Name => "stored";

    public void Run(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (StoredSnapshot.Open(input, Format, out var body) == FallbackOutcome.Found)
            _ = Texts.Read(body, FuzzLimits.Snapshot);
        else
            Promise.Holds(body.IsEmpty);

        IsFoundAsStored(input);
        KillsSurvive(input);
        KillsSurvive(body);
        Promise.WithinBudget(input, before);
    }

    private static void IsFoundAsStored(byte[] body)
    {
        // Some place and version, always the same for the same input.
        var some = XxHash64.HashToUInt64(body);
        byte[] file = [.. StoredSnapshot.Head(Format, (long)(some >> 1), body), .. body];
        Promise.Holds(StoredSnapshot.Open(file, Format, out var found) == FallbackOutcome.Found && found.Span.SequenceEqual(body));
        Promise.Holds(StoredSnapshot.Open(file, Format + "1", out _) == FallbackOutcome.OtherFormat);

        var place = (int)(some % (ulong)file.Length);
        Promise.Holds(StoredSnapshot.Open(file.AsMemory(0, place), Format, out _) != FallbackOutcome.Found);
        file[place] ^= (byte)(1 << (int)(some >> 61));
        Promise.Holds(StoredSnapshot.Open(file, Format, out _) != FallbackOutcome.Found);
    }

    private static void KillsSurvive(ReadOnlyMemory<byte> text)
    {
        var kills = Kills.ReadList(text);
        Promise.Same(Kills.ReadList(KillJson.Write(kills)), kills, "kills written and read");
    }
}
