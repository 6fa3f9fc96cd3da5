namespace ProgressiveDelivery.Sdk.Faults.Lifecycle;

/// <summary>An exception that cannot even be told.</summary>
internal sealed class HostileException : Exception
{
    public override string Message => throw new InvalidOperationException("Not even that.");

    public override string ToString() => throw new InvalidOperationException("Nor that.");
}
