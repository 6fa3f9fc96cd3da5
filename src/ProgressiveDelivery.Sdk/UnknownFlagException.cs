namespace ProgressiveDelivery.Sdk;

/// <summary>The exception thrown in strict mode when a flag is evaluated that the loaded snapshot does not have.</summary>
public sealed class UnknownFlagException : Exception
{
    /// <summary>Makes the exception.</summary>
    public UnknownFlagException()
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public UnknownFlagException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and a cause.</summary>
    public UnknownFlagException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
