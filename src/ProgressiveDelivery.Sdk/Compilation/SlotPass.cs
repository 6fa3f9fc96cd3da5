using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Finds experiments of one layer whose slots overlap. All flags of such experiments are malformed.</summary>
internal static class SlotPass
{
    public static void Run(CompilationState state)
    {
        foreach (var layer in state.Slots.GroupBy(claim => claim.Layer, StringComparer.Ordinal))
        {
            SlotClaim? furthest = null;
            foreach (var claim in layer.OrderBy(claim => claim.From))
            {
                if (furthest is not null && claim.From < furthest.To)
                {
                    Report(state, claim, furthest);
                    Report(state, furthest, claim);
                }

                if (furthest is null || claim.To > furthest.To)
                    furthest = claim;
            }
        }
    }

    private static void Report(CompilationState state, SlotClaim claim, SlotClaim other)
    {
        var diagnostic = DiagnosticCatalog.OverlappingSlots(claim.Path, claim.Flag.Definition.Key, claim.Experiment, claim.Layer, other.Experiment);
        state.Report(claim.Flag, diagnostic);
        claim.Flag.Reject(diagnostic);
    }
}
