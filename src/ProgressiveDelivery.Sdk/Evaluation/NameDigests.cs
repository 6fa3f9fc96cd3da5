using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// The hashes of names that callers use repeatedly. It caches a limited number, and computes the others each time. Safe to use from any thread.
/// </summary>
internal sealed class NameDigests
{
    private const int Capacity = 1_024;

    private readonly ConcurrentDictionary<(string Name, OperandHash Algorithm), Digest> _known = new();
    private int _count;

    public Digest Of(string name, OperandHash algorithm)
    {
        if (_known.TryGetValue((name, algorithm), out var digest))
            return digest;
        digest = Digest.Of(name, algorithm);
        if (Volatile.Read(ref _count) < Capacity && _known.TryAdd((name, algorithm), digest))
            Interlocked.Increment(ref _count);
        return digest;
    }
}
