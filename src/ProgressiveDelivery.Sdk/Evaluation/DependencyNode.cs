namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A flag or a segment: a node that others can depend on.</summary>
internal abstract class DependencyNode
{
    /// <summary>The maximum number of nodes in a cycle. Larger cycles are quarantined, even if the definition allows cycles.</summary>
    public const int MaxCycle = 32;

    /// <summary>The node's place among all flags and segments of its snapshot.</summary>
    public int Index { get; internal set; }

    /// <summary>The nodes that this one depends on, without duplicates.</summary>
    public DependencyNode[] DependsOn { get; internal set; } = [];

    /// <summary>
    /// The number of nodes of the snapshot, if plain recursion could overflow the stack or repeat too much work (deep chains, ladders of diamonds).
    /// Usually 0.
    /// </summary>
    public int MemoLength { get; internal set; }

    /// <summary>Indicates whether the node is in a cycle that the snapshot's definition allows. An evaluation that returns to it ends.</summary>
    public bool IsCyclic { get; internal set; }

    /// <summary>Indicates whether the answer may depend on the clock.</summary>
    public bool DependsOnTime { get; internal set; }

    /// <summary>Evaluates the node into <see cref="EvaluationInput.Memo"/>, which already holds its dependencies.</summary>
    public abstract void Memoize(in EvaluationInput input);
}
