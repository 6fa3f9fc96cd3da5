using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The units of events, and the attributes that go with them.</summary>
/// <param name="attributes">The references to the attributes that events hold.</param>
internal sealed class EventUnits(AttributeReference[] attributes)
{
    private const int HashedBytes = 16;

    /// <summary>Returns the text of a unit in events: of a private one a hash, the same in every process.</summary>
    public static string TextOf(UnitReference reference, ReadOnlySpan<char> unit, in EvaluationInput input) =>
        reference.IsPrivate(in input) ? Hashed(unit)
        : input.Key.AsString() is { } key && unit.SequenceEqual(key) ? key
        : unit.ToString();

    /// <summary>Returns the text of a unit in events.</summary>
    public static string TextOf(ReadOnlySpan<char> unit, bool isPrivate) => isPrivate ? Hashed(unit) : unit.ToString();

    /// <summary>Returns the attributes of a context that events hold, without private ones.</summary>
    public Dictionary<string, AttributeValue> AttributesOf(in EvaluationInput input)
    {
        var held = new Dictionary<string, AttributeValue>(attributes.Length, StringComparer.Ordinal);
        foreach (var reference in attributes)
        {
            if (reference.IsPrivate(in input))
                continue;
            ref readonly var value = ref reference.Read(in input);
            if (!value.IsNull)
                held[reference.Text] = value;
        }

        return held;
    }

    /// <summary>Returns the hash that stands for a private unit.</summary>
    public static string Hashed(ReadOnlySpan<char> unit) =>
        $"sha256:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(unit.ToString())).AsSpan(0, HashedBytes)).ToLowerInvariant()}";
}
