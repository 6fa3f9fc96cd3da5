using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Compiles, and remembers what rules were compiled with for as long as they live, so that a change costs what changed.</summary>
internal sealed class Compilations(SnapshotLimits limits)
{
    private readonly ConditionalWeakTable<Ruleset, CompilationState> _states = [];

    public CompilationResult Compile(SnapshotDefinition definition, SnapshotPatch? patch, FeatureSnapshot inForce) =>
        patch is not null && _states.TryGetValue(inForce.Rules, out var previous)
            ? SnapshotRecompiler.Recompile(previous, definition, patch, LocalOverlay.None)
            : SnapshotCompiler.Compile(definition, limits);

    public void Remember(CompilationState state) => _states.AddOrUpdate(state.Rules!, state);

    /// <summary>The same rules under an overlay; null where there are no rules.</summary>
    public FeatureSnapshot? Under(LocalOverlay overlay, FeatureSnapshot accepted)
    {
        if (!_states.TryGetValue(accepted.Rules, out var previous))
            return null;
        if (overlay.IsSameAs(accepted.Overlay))
            return accepted;
        var (rules, _, state) = SnapshotRecompiler.Recompile(previous, overlay);
        Remember(state);
        return accepted.Under(overlay, rules);
    }
}
