namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Compares numbers by their bits. Rules choose the numbers, so the hash is keyed: chosen numbers do not collide in a table.</summary>
internal sealed class BitsComparer(NameHash hash) : IEqualityComparer<long>
{
    public bool Equals(long x, long y) => x == y;

    public int GetHashCode(long obj) => (int)hash.Of((ulong)obj);
}
