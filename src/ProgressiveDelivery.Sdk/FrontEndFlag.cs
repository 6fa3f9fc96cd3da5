using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>A client-visible flag as one context sees it.</summary>
public readonly struct FrontEndFlag
{
    private readonly IFlagFacts _flag;
    private readonly IVariantFacts _served;

    internal FrontEndFlag(IFlagFacts flag, IVariantFacts served, EvaluationReason reason) => (_flag, _served, Reason) = (flag, served, reason);

    /// <summary>The flag's key.</summary>
    public string Key => _flag.Key;

    /// <summary>The flag's type.</summary>
    public FlagType Type => _flag.Type;

    /// <summary>The variant served.</summary>
    public string Variant => _served.Label;

    /// <summary>The reason for the answer.</summary>
    public EvaluationReason Reason { get; }

    /// <summary>Indicates whether the variant turns the flag on, for a flag that is on or off and also has a variant; else null.</summary>
    internal bool? Enabled => _served.Enabled;

    /// <summary>Writes the value, as JSON of the flag's type; null for a variant that only turns the flag on or off.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteValueTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _served.WriteTo(writer, Type);
    }
}
