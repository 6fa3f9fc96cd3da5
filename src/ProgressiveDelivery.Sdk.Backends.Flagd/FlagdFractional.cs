namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>The generation of flagd's <c>fractional</c> operator. Each places the same unit differently: all services that share flags must use the same one.</summary>
public enum FlagdFractional
{
    /// <summary>The generation of flagd 0.16 and its providers: a text, placed by an unsigned product.</summary>
    V2 = 0,

    /// <summary>The generation before: a text, placed by percent of a signed hash.</summary>
    V1,

    /// <summary>The planned generation: any value, in deterministic CBOR.</summary>
    V3,
}
