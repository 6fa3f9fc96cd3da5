using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Finds flags and segments that depend on themselves: the strongly connected components of the dependency graph. Source: R. Tarjan, Depth-first
/// search and linear graph algorithms, 1972, with an explicit stack, so that depth has no limit.
/// </summary>
internal sealed class CyclePass
{
    private const int Unseen = 0;

    // Conditions nested this deep, in every node of the largest cycle, fit the stack with room to spare.
    private const int MaxNesting = 100;

    private readonly CompilationState _state;
    private readonly int[] _order;
    private readonly int[] _low;
    private readonly bool[] _open;
    private readonly Stack<int> _component = new();
    private readonly Stack<(int Node, int Next)> _calls = new();
    private int _count;

    private CyclePass(CompilationState state)
    {
        _state = state;
        _order = new int[state.Nodes.Count];
        _low = new int[state.Nodes.Count];
        _open = new bool[state.Nodes.Count];
    }

    public static void Run(CompilationState state)
    {
        var pass = new CyclePass(state);
        foreach (var node in state.Fresh)
        {
            if (pass._order[node.Node.Index] == Unseen)
                pass.Visit(node.Node.Index);
        }
    }

    private void Visit(int start)
    {
        Open(start);
        while (_calls.TryPop(out var call))
        {
            var dependencies = _state.Nodes[call.Node].Dependencies;
            if (call.Next == dependencies.Length)
            {
                Close(call.Node);
                continue;
            }

            var next = dependencies[call.Next];
            _calls.Push((call.Node, call.Next + 1));
            if (_order[next] == Unseen && _state.IsFresh(next))
                Open(next);
            else if (_open[next])
                _low[call.Node] = Math.Min(_low[call.Node], _order[next]);
        }
    }

    private void Open(int node)
    {
        _order[node] = _low[node] = ++_count;
        _open[node] = true;
        _component.Push(node);
        _calls.Push((node, 0));
    }

    private void Close(int node)
    {
        if (_calls.TryPeek(out var caller))
            _low[caller.Node] = Math.Min(_low[caller.Node], _low[node]);
        if (_low[node] == _order[node])
            Take(node);
    }

    private void Take(int node)
    {
        if (_component.Peek() == node && !_state.Nodes[node].Dependencies.Contains(node))
        {
            _open[_component.Pop()] = false;
            return;
        }

        var members = new List<GraphNode>();
        int member;
        do
        {
            member = _component.Pop();
            _open[member] = false;
            members.Add(_state.Nodes[member]);
        }
        while (member != node);
        if (_state.Definition.Cycles == CycleHandling.EndFlag && members.Count <= DependencyNode.MaxCycle && members.Sum(one => one.Nesting) <= MaxNesting)
            members.ForEach(one => one.Node.IsCyclic = true);
        else
            Reject(members);
    }

    private void Reject(List<GraphNode> members)
    {
        members.Reverse();
        var names = members.Select(member => member.Subject.Name).Take(10).ToArray();
        foreach (var member in members)
        {
            var diagnostic = DiagnosticCatalog.Cycle(member.Path, member.Subject, names);
            _state.Report(member, diagnostic);
            member.Reject(diagnostic);
        }
    }
}
