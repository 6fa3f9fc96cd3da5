namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>What reading a local fallback gave.</summary>
internal sealed record FallbackReading
{
    private FallbackReading()
    {
    }

    public FallbackOutcome Outcome { get; private init; }

    /// <summary>The exact bytes that were stored; empty unless <see cref="FallbackOutcome.Found"/>.</summary>
    public ReadOnlyMemory<byte> Document { get; private init; }

    /// <summary>A sentence: what is wrong and what to do; empty when nothing is.</summary>
    public string Message { get; private init; } = "";

    public static FallbackReading Of(ReadOnlyMemory<byte> document) => new() { Document = document };

    public static FallbackReading Of(FallbackOutcome outcome, string message) => new() { Outcome = outcome, Message = message };
}
