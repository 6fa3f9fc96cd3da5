using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>The result of reading a local fallback.</summary>
internal sealed record FallbackReading
{
    private FallbackReading()
    {
    }

    public FallbackOutcome Outcome { get; private init; }

    /// <summary>The exact bytes that were stored: of the first text; empty unless <see cref="FallbackOutcome.Found"/>.</summary>
    public ReadOnlyMemory<byte> Document => Texts.Count > 0 ? Texts[0].Bytes : default;

    /// <summary>Everything that was stored, with the signatures; none unless <see cref="FallbackOutcome.Found"/>.</summary>
    public IReadOnlyList<SignedText> Texts { get; private init; } = [];

    /// <summary>The name of the texts' format; null if the file does not give it.</summary>
    public string? Format { get; private init; }

    /// <summary>A sentence with the fault and its remedy; empty if there is none.</summary>
    public string Message { get; private init; } = "";

    public static FallbackReading Of(params IReadOnlyList<SignedText> texts) => new() { Texts = texts };

    public static FallbackReading Of(StoredSnapshot stored) => new() { Texts = stored.Texts, Format = stored.Format };

    public static FallbackReading Of(FallbackOutcome outcome, string message) => new() { Outcome = outcome, Message = message };
}
