using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>The way in which an experiment divides its units: two designs with one hash assign every unit alike.</summary>
internal sealed class ExperimentDesign
{
    private readonly short[] _variants;

    /// <summary>Creates the design of a split.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="salt">The text that is hashed with the unit.</param>
    /// <param name="unit">The reference to the unit.</param>
    /// <param name="stickyVersion">The version at which assignments are stored; null if none are.</param>
    /// <param name="variantNames">The names of the flag's variants.</param>
    public ExperimentDesign(WeightTable weights, string salt, UnitReference unit, int? stickyVersion, string[] variantNames)
    {
        StickyVersion = stickyVersion;
        _variants = [.. weights.Variants.Distinct()];
        Variants = Array.ConvertAll(_variants, variant => variant < 0 ? "" : variantNames[variant]);      // undefined: the flag is quarantined
        Shares = Array.ConvertAll(_variants, variant => weights.ShareOf(variant));
        Hash = HashOf(salt, unit.Text);
    }

    /// <summary>The names of the variants, in the order of the split.</summary>
    public string[] Variants { get; }

    /// <summary>The shares of the variants, exactly as units are assigned; their sum is 1.</summary>
    public double[] Shares { get; }

    public int? StickyVersion { get; }

    public uint Hash { get; }

    /// <summary>Returns the place of a flag's variant in the split; negative if the split does not name it.</summary>
    public int PlaceOf(short variant) => Array.IndexOf(_variants, variant);

    // Never 0, which stands for no design.
    private uint HashOf(string salt, string unit)
    {
        var text = new StringBuilder(salt).Append('\0').Append(unit).Append('\0').Append(StickyVersion);
        for (var i = 0; i < Variants.Length; i++)
            text.Append('\0').Append(Variants[i]).Append('\0').Append(BitConverter.DoubleToInt64Bits(Shares[i]));
        return (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.ToString().AsSpan())) | 1;
    }
}
