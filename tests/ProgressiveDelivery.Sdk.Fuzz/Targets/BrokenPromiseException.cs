namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>An input has found a fault.</summary>
public sealed class BrokenPromiseException : Exception
{
    public BrokenPromiseException()
    {
    }

    public BrokenPromiseException(string message)
        : base(message)
    {
    }

    public BrokenPromiseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
