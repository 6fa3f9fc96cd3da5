using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Marks the users of malformed segments: a segment that uses one is malformed, and a flag that uses one is quarantined. Flags do not pass this on: a
/// dependent flag sees the quarantine when it evaluates.
/// </summary>
internal static class MalformedUsePass
{
    public static void Run(CompilationState state)
    {
        var malformed = new Queue<SegmentNode>(state.Segments.Values.Where(segment => segment.IsMalformed));
        if (malformed.Count == 0)
            return;
        var users = Users(state);
        while (malformed.TryDequeue(out var segment))
        {
            foreach (var user in users[segment.Node.Index])
            {
                if (user.IsMalformed)
                    continue;
                var diagnostic = DiagnosticCatalog.UsesMalformed(user.Path, user.Subject, segment.Subject);
                state.Report(user, diagnostic);
                user.Reject(diagnostic);
                if (user is SegmentNode next)
                    malformed.Enqueue(next);
            }
        }
    }

    private static ILookup<int, GraphNode> Users(CompilationState state) =>
        state.Fresh.SelectMany(node => node.Dependencies.ToArray().Select(dependency => (dependency, node)))
            .ToLookup(edge => edge.dependency, edge => edge.node);
}
