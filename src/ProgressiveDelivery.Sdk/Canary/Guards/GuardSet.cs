using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The guards of one flag of the rules in force. Immutable.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Guards">Its guards, in order.</param>
internal sealed record GuardSet(CompiledFlag Flag, IReadOnlyList<Guard> Guards)
{
    /// <summary>Returns the guard with an id; null for none.</summary>
    public Guard? Find(string id) => Guards.FirstOrDefault(guard => guard.Definition.Id == id);

    /// <summary>Returns the guard with an identity; null for none.</summary>
    public Guard? Find(GuardIdentity identity) => Guards.FirstOrDefault(guard => guard.Identity.Equals(identity));

    /// <summary>Returns the watches of a variant.</summary>
    public OutcomeWatch[] WatchesOf(string variant)
    {
        List<OutcomeWatch> watches = [];
        foreach (var guard in Guards)
        {
            if (guard.Definition.Variant == variant)
                watches.Add(guard.Watch);
            if (guard.Definition.Against == variant && guard.OtherWatch is { } other)
                watches.Add(other);
        }

        return [.. watches];
    }

    /// <summary>Indicates whether a guard begins anew with each version of the flag's rules.</summary>
    public bool HasLifetime => Guards.Any(guard => guard.Definition.Mode == GuardMode.Lifetime);
}
