using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Compiles, and remembers what snapshots were compiled with for as long as they live, so that a change costs what changed.</summary>
internal sealed class Compilations(SnapshotLimits limits)
{
    private readonly ConditionalWeakTable<FeatureSnapshot, CompilationState> _states = [];

    public CompilationResult Compile(SnapshotDefinition definition, SnapshotPatch? patch, FeatureSnapshot inForce, KillSet killed) =>
        patch is not null && _states.TryGetValue(inForce, out var previous)
            ? SnapshotRecompiler.Recompile(previous, definition, patch, killed)
            : SnapshotCompiler.Compile(definition, limits, killed);

    public void Remember(FeatureSnapshot snapshot, CompilationState state) => _states.Add(snapshot, state);

    /// <summary>The same rules under other kills; null where there are no rules.</summary>
    public FeatureSnapshot? Under(KillSet kills, FeatureSnapshot inForce)
    {
        if (!_states.TryGetValue(inForce, out var previous))
            return null;
        var (rules, _, state) = SnapshotRecompiler.Recompile(previous, kills);
        var killed = inForce.Under(kills, rules);
        Remember(killed, state);
        return killed;
    }
}
