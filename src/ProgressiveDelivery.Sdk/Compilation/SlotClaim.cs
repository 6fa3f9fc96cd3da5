namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>The part of a layer that an experiment of a flag owns.</summary>
internal sealed record SlotClaim(FlagNode Flag, string Experiment, string Layer, int From, int To, string Path);
