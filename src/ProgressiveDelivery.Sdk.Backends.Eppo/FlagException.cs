namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>A part of a flag cannot be read. Caught where the flag is quarantined.</summary>
internal sealed class FlagException(string message) : Exception(message);
