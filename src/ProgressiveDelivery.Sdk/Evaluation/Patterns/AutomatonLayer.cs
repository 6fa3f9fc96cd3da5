namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>The part of an automaton with one guard: a step or an end of this layer is possible only where the guard holds.</summary>
/// <param name="guard">The facts that must hold, as in <see cref="Boundary"/>; 0 if there are none.</param>
/// <param name="first">The positions at which a match may begin.</param>
/// <param name="last">The positions at which a match may end.</param>
/// <param name="isNullable">True if the empty text matches.</param>
/// <param name="follow">The positions that may follow each; null if none does.</param>
internal sealed class AutomatonLayer(ulong guard, ulong[] first, ulong[] last, bool isNullable, FollowTable? follow)
{
    public ulong Guard => guard;

    public ulong[] First => first;

    public ulong[] Last => last;

    public bool IsNullable => isNullable;

    public FollowTable? Follow => follow;

    /// <summary>Indicates whether a match can begin here.</summary>
    public bool Starts => isNullable || Array.Exists(first, word => word != 0);

    public int Size => 150 + ((first.Length + last.Length) * sizeof(ulong)) + (follow?.Size ?? 0);
}
