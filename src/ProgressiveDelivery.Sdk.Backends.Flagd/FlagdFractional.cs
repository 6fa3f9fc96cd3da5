namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>The generation of flagd's <c>fractional</c> operator: they place the same unit differently, so that all who share flags have to agree on one.</summary>
public enum FlagdFractional
{
    /// <summary>What flagd 0.16 and its providers do: a text, placed by an unsigned product.</summary>
    V2 = 0,

    /// <summary>What flagd did before: a text, placed by percent of a signed hash.</summary>
    V1,

    /// <summary>What is decided for later: any value, in deterministic CBOR.</summary>
    V3,
}
