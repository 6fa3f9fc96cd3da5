namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>One line of the gate's table: what is measured, and what it must reach.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Ours">Does it a number of times.</param>
/// <param name="Peer">The same work by the peer; null where it has none.</param>
internal sealed record Workload(string Name, Work Ours, Work? Peer = null)
{
    /// <summary>How many times faster than the peer it must be; null: the ratio is shown only.</summary>
    public double? LeastRatio { get; init; }

    /// <summary>Whether it allocates by its nature, without a limit; otherwise a byte more than <see cref="MaxBytes"/> fails the gate.</summary>
    public bool Allocates { get; init; }

    /// <summary>The bytes that an operation may allocate on average; none by default.</summary>
    public double MaxBytes { get; init; }
}

/// <summary>Some operations in a loop.</summary>
/// <param name="Operations">How many one run does.</param>
/// <param name="Run">Does them.</param>
internal sealed record Work(int Operations, Func<int> Run);
