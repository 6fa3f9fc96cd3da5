using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Compares hashes. Rules choose them, so the table's hash is keyed: chosen hashes do not collide in it.</summary>
internal sealed class DigestComparer(NameHash hash) : IEqualityComparer<(int Length, Digest Digest)>
{
    public bool Equals((int Length, Digest Digest) x, (int Length, Digest Digest) y) => x == y;

    public int GetHashCode((int Length, Digest Digest) obj)
    {
        ReadOnlySpan<ulong> words = [(ulong)obj.Length, obj.Digest.First, obj.Digest.Second, obj.Digest.Third, obj.Digest.Fourth];
        return (int)hash.Of(MemoryMarshal.Cast<ulong, char>(words));
    }
}
