using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Options for reading and watching a file with a Universal Flag Configuration.</summary>
public sealed class UfcFileOptions : FileSourceOptions
{
    /// <summary>The part of a context that stands for the subject. Default: that of <see cref="EppoContextMapping"/>.</summary>
    public EppoContextMapping Context { get; set; } = new();
}
