namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>A part of a flag cannot be read: the text of Microsoft's exception. Caught where the flag is quarantined.</summary>
internal sealed class FlagException(string message) : Exception(message);
