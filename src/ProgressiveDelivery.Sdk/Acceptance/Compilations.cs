using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Compiles rules, and remembers the state of their compilation while they live, so that a change costs only the changed parts. Regular expressions are shared by all of them.</summary>
internal sealed class Compilations(SnapshotLimits limits)
{
    private readonly ConditionalWeakTable<Ruleset, CompilationState> _states = [];
    private readonly PatternCache _patterns = new();

    public CompilationResult Compile(SnapshotDefinition definition, SnapshotPatch? patch, FeatureSnapshot inForce) =>
        patch is not null && _states.TryGetValue(inForce.Rules, out var previous)
            ? SnapshotRecompiler.Recompile(previous, definition, patch, LocalOverlay.None)
            : SnapshotCompiler.Compile(definition, limits, patterns: _patterns);

    public void Remember(CompilationState state) => _states.AddOrUpdate(state.Rules!, state);

    /// <summary>Returns the same rules under an overlay; null if there are no rules.</summary>
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
