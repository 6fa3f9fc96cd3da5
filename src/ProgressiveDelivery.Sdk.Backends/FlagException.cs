namespace ProgressiveDelivery.Sdk.Backends;

/// <summary>Thrown if a part of a flag cannot be read. Caught where the flag is quarantined.</summary>
internal sealed class FlagException(string message) : FormatException(message);
