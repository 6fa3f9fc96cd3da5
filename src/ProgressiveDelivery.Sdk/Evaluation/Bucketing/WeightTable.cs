using System.Numerics;

namespace ProgressiveDelivery.Sdk.Evaluation.Bucketing;

/// <summary>
/// Divides the positions among variants: variant i owns [⌊c(i-1) × 1,000,000 / total⌋, ⌊c(i) × 1,000,000 / total⌋), with weights
/// cumulated exactly and in the order written.
/// </summary>
internal sealed class WeightTable
{
    private readonly int[] _ends;
    private readonly short[] _variants;

    public WeightTable(IReadOnlyList<(short Variant, decimal Weight)> weights)
    {
        _ends = new int[weights.Count];
        _variants = new short[weights.Count];
        var scaled = Scale(weights);
        var total = scaled.Aggregate(BigInteger.Zero, BigInteger.Add);
        var cumulated = BigInteger.Zero;
        for (var i = 0; i < scaled.Length; i++)
        {
            cumulated += scaled[i];
            _ends[i] = (int)(cumulated * Salt.Positions / total);
            _variants[i] = weights[i].Variant;
        }
    }

    public int Find(int position)
    {
        var i = 0;
        while (_ends[i] <= position)
            i++;
        return i;
    }

    public short Variant(int index) => _variants[index];

    public (int From, int To) Range(int index) => (index == 0 ? 0 : _ends[index - 1], _ends[index]);

    /// <summary>The variants in the order written.</summary>
    public IReadOnlyList<short> Variants => _variants;

    /// <summary>Returns the share of the positions that a variant owns.</summary>
    public double ShareOf(short variant)
    {
        var positions = 0;
        for (var i = 0; i < _variants.Length; i++)
        {
            if (_variants[i] == variant)
                positions += Range(i).To - Range(i).From;
        }

        return (double)positions / Salt.Positions;
    }

    public bool Names(short variant) => Array.IndexOf(_variants, variant) >= 0;

    // Decimals sum inexactly once their scales differ by more than 28 digits; integers of the smallest unit never do.
    private static BigInteger[] Scale(IReadOnlyList<(short Variant, decimal Weight)> weights)
    {
        var scale = weights.Max(entry => entry.Weight.Scale);
        return [.. weights.Select(entry => Unscaled(entry.Weight) * BigInteger.Pow(10, scale - entry.Weight.Scale))];
    }

    private static BigInteger Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
    }
}
