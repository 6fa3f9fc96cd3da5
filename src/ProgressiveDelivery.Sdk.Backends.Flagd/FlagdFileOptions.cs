using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Options for reading and watching a flag configuration file.</summary>
public sealed class FlagdFileOptions : FileSourceOptions
{
    /// <summary>The generation of the <c>fractional</c> operator. Default: <see cref="FlagdFractional.V2"/>.</summary>
    public FlagdFractional Fractional { get; set; }
}
