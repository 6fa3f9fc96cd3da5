namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A flag or a segment: what others can depend on.</summary>
internal abstract class DependencyNode
{
    /// <summary>The most nodes that depend on one another: more are quarantined, whatever the definition allows.</summary>
    public const int DeepestCycle = 32;

    /// <summary>The node's place among all flags and segments of its snapshot.</summary>
    public int Index { get; internal set; }

    /// <summary>What the node asks, each once.</summary>
    public DependencyNode[] DependsOn { get; internal set; } = [];

    /// <summary>
    /// How many nodes the snapshot has, where plain recursion could overflow the stack or repeat itself beyond measure (deep chains,
    /// ladders of diamonds); 0 on the usual path.
    /// </summary>
    public int MemoLength { get; internal set; }

    /// <summary>Whether it depends on itself, and ends whoever comes round to it; the snapshot's definition allows it.</summary>
    public bool IsCyclic { get; internal set; }

    /// <summary>Whether the clock can matter to the answer.</summary>
    public bool DependsOnTime { get; internal set; }

    /// <summary>Evaluates the node into <see cref="EvaluationInput.Memo"/>; what it depends on is there already.</summary>
    public abstract void Memoise(in EvaluationInput input);
}
