namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Settles, dependencies first, which nodes can be reached by a rule on time, and which reach so deep or so often that recursion
/// would overflow the stack or repeat itself: those evaluate what they depend on in order, each once.
/// </summary>
internal sealed class OrderPass
{
    private const int DeepestRecursion = 24;
    private const int DeepestNesting = 200;
    private const int MostRepeats = 256;

    private readonly CompilationState _state;
    private readonly int[] _depth;
    private readonly int[] _nesting;
    private readonly int[] _cost;
    private readonly bool[] _done;

    private OrderPass(CompilationState state)
    {
        _state = state;
        _depth = new int[state.Nodes.Count];
        _nesting = new int[state.Nodes.Count];
        _cost = new int[state.Nodes.Count];
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
        _cost[index] = 1;
        // Malformed nodes answer without asking; leaving their edges out also breaks the cycles.
        if (node.IsMalformed || node.Dependencies.IsEmpty)
            return;
        var dependencies = node.Dependencies.ToArray().Distinct().ToArray();
        node.Node.DependsOn = Array.ConvertAll(dependencies, dependency => _state.Nodes[dependency].Node);
        foreach (var dependency in dependencies)
        {
            node.Node.DependsOnTime |= _state.Nodes[dependency].Node.DependsOnTime;
            _depth[index] = Math.Max(_depth[index], _depth[dependency] + 1);
            _nesting[index] = Math.Max(_nesting[index], _nesting[dependency]);
            _cost[index] = Math.Min(MostRepeats + 1, _cost[index] + _cost[dependency]);
        }

        _nesting[index] += node.Nesting;
        if (_depth[index] > DeepestRecursion || _nesting[index] > DeepestNesting || _cost[index] > MostRepeats)
            node.Node.MemoLength = _state.Nodes.Count;
    }

    // A malformed node is asked nothing further, so that members of a cycle end the walk.
    private IEnumerable<int> DependenciesFirst()
    {
        var calls = new Stack<(int Node, int Next)>();
        for (var start = 0; start < _state.Nodes.Count; start++)
        {
            if (_done[start])
                continue;
            _done[start] = true;
            calls.Push((start, 0));
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
                if (_done[next])
                    continue;
                _done[next] = true;
                calls.Push((next, 0));
            }
        }
    }
}
