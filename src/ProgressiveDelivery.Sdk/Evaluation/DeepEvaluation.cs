using System.Buffers;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Evaluates all dependencies of a node, each once and in order, with its own stack. A chain of 10,000 prerequisites does not overflow the thread's
/// stack. A ladder of diamonds does not take 2^n steps.
/// </summary>
internal static class DeepEvaluation
{
    public static void MemoizeDependencies(DependencyNode start, in EvaluationInput input)
    {
        var stack = ArrayPool<(DependencyNode Node, int Next)>.Shared.Rent(64);
        var depth = 0;
        stack[depth++] = (start, 0);
        while (depth > 0)
        {
            ref var top = ref stack[depth - 1];
            if (top.Next == top.Node.DependsOn.Length)
            {
                if (--depth > 0)
                    top.Node.Memoize(in input);
                continue;
            }

            var next = top.Node.DependsOn[top.Next++];
            if (input.Memo![next.Index] != 0)
                continue;
            if (depth == stack.Length)
                stack = Grow(stack);
            stack[depth++] = (next, 0);
        }

        ArrayPool<(DependencyNode, int)>.Shared.Return(stack, clearArray: true);
    }

    private static (DependencyNode Node, int Next)[] Grow((DependencyNode Node, int Next)[] full)
    {
        var grown = ArrayPool<(DependencyNode, int)>.Shared.Rent(full.Length * 2);
        full.CopyTo(grown, 0);
        ArrayPool<(DependencyNode, int)>.Shared.Return(full, clearArray: true);
        return grown;
    }
}
