namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Finds the nodes that a rule on time can affect, and the nodes whose depth or repetition is too large for recursion. The latter evaluate their
/// dependencies in order, each once. Visits dependencies first.
/// </summary>
internal sealed class OrderPass
{
    private const int MaxRecursion = 24;
    private const int MaxNesting = 200;
    private const int MaxRepeats = 256;

    private readonly CompilationState _state;
    private readonly bool[] _done;

    private OrderPass(CompilationState state)
    {
        _state = state;
        _done = new bool[state.Nodes.Count];
    }

    public static void Run(CompilationState state)
    {
        var pass = new OrderPass(state);
        foreach (var node in pass.DependenciesFirst())
            pass.Settle(node);
    }

    private void Settle(int index)
    {
        var node = _state.Nodes[index];
        node.Node.DependsOnTime = node.ReadsTime;
        node.NestingBelow = node.Nesting;
        if (node.Node.IsCyclic)
        {
            // A node of a cycle may depend on one that is not settled yet, so assume that it depends on the clock.
            node.Node.DependsOnTime = true;
            return;
        }

        // Malformed nodes answer without their dependencies; without their edges the cycles are also broken.
        if (node.IsMalformed || node.Dependencies.IsEmpty)
            return;
        var dependencies = node.Dependencies.ToArray().Distinct().ToArray();
        node.Node.DependsOn = Array.ConvertAll(dependencies, dependency => _state.Nodes[dependency].Node);
        foreach (var dependency in dependencies)
            Add(node, _state.Nodes[dependency]);

        if (node.Depth > MaxRecursion || node.NestingBelow > MaxNesting || node.Cost > MaxRepeats)
            node.Node.MemoLength = _state.Nodes.Count;
    }

    private static void Add(GraphNode node, GraphNode dependency)
    {
        node.Node.DependsOnTime |= dependency.Node.DependsOnTime;
        node.Depth = Math.Max(node.Depth, dependency.Depth + 1);
        node.NestingBelow = Math.Max(node.NestingBelow, node.Nesting + dependency.NestingBelow);
        node.Cost = Math.Min(MaxRepeats + 1, node.Cost + dependency.Cost);
    }

    // A malformed node has no dependencies here, and each member of a cycle is visited once, so the walk ends.
    private IEnumerable<int> DependenciesFirst()
    {
        var calls = new Stack<(int Node, int Next)>();
        foreach (var start in _state.Fresh)
        {
            if (_done[start.Node.Index])
                continue;
            _done[start.Node.Index] = true;
            calls.Push((start.Node.Index, 0));
            while (calls.TryPop(out var call))
            {
                var node = _state.Nodes[call.Node];
                if (node.IsMalformed || call.Next == node.Dependencies.Length)
                {
                    yield return call.Node;
                    continue;
                }

                calls.Push((call.Node, call.Next + 1));
                var next = node.Dependencies[call.Next];
                if (_done[next] || !_state.IsFresh(next))
                    continue;
                _done[next] = true;
                calls.Push((next, 0));
            }
        }
    }
}
