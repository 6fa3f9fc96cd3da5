using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Follows a stream as a client does, and compares with a compilation from the beginning after each step.</summary>
internal sealed class FollowedRules
{
    private static readonly PatchReader Patches = new(FuzzLimits.Snapshot);
    private static readonly KillReader Kills = new(FuzzLimits.Snapshot);

    private readonly Questions _incremental = new();
    private readonly Questions _full = new();
    private CompilationResult? _rules;
    private FeatureSnapshot? _snapshot;
    private KillSet _kills = KillSet.None;

    private LocalOverlay Overlay => _kills.Kills.Aggregate(LocalOverlay.None, static (overlay, kill) => overlay.With(OverlayEntry.Of(kill)));

    public void Take(StreamEvent next)
    {
        var text = SignedEnvelope.Open(next.Data).Bytes;
        switch (next.Type)
        {
            case StreamEvent.Snapshot:
                Replace(text);
                break;
            case StreamEvent.Patch:
                Patch(text);
                break;
            case StreamEvent.Kill:
                Kill(text);
                break;
        }
    }

    private void Replace(ReadOnlyMemory<byte> document)
    {
        if (Texts.Read(document, FuzzLimits.Snapshot) is not { } definition || definition.Version <= _rules?.Rules.Version)
            return;
        _kills = _kills.Without(_kills.EndedBy(definition.Version));
        _rules = SnapshotCompiler.Compile(definition, FuzzLimits.Snapshot, Overlay);
        Compare(definition);
    }

    private void Patch(ReadOnlyMemory<byte> text)
    {
        var (patch, diagnostics) = Patches.Read(text);
        Promise.Tells(diagnostics);
        Promise.Holds(patch is not null || diagnostics is [{ Severity: DiagnosticSeverity.Fatal }]);
        if (patch is null || _rules is null || patch.BaseVersion != _rules.Rules.Version)
            return;
        var definition = PatchApplication.Apply(_rules.State.Definition, patch);
        if (definition.Flags.Count > FuzzLimits.Snapshot.MaxFlags)
            return;
        _kills = _kills.Without(_kills.EndedBy(definition.Version));
        _rules = SnapshotRecompiler.Recompile(_rules.State, definition, patch, Overlay);
        Compare(definition);
    }

    private void Kill(ReadOnlyMemory<byte> text)
    {
        var kill = Kills.Read(text, out var fault);
        Promise.Holds(kill is null == fault is not null);
        if (fault is not null)
            Promise.Tells([fault]);
        if (kill is null || _rules is null || kill.Version < _rules.Rules.Version)
            return;
        _kills = _kills.With(kill);
        _rules = SnapshotRecompiler.Recompile(_rules.State, Overlay);
        Compare(_rules.State.Definition);
    }

    private void Compare(SnapshotDefinition definition)
    {
        var callers = Callers.Of(definition);
        var full = SnapshotCompiler.Compile(definition, FuzzLimits.Snapshot, Overlay);
        Promise.Tells(full.Diagnostics);
        Promise.Same(Places(_rules!.Diagnostics), Places(full.Diagnostics), "diagnostics of patched rules");

        Promise.Same(_incremental.AskAll(_rules.Rules, callers), _full.AskAll(full.Rules, callers), "answers of patched rules");

        var snapshot = NamedChanges.Open(_rules.Rules, definition, Overlay);
        if (_snapshot is not null)
            NamedChanges.AreAll(_snapshot, snapshot, callers);
        _snapshot = snapshot;

        // A backend that sends the whole in place of the patch.
        var written = Texts.ThereAndBack(definition);
        if (Texts.IsWhole(definition))
            CompareCopy(snapshot, written, callers);
    }

    private void CompareCopy(FeatureSnapshot snapshot, SnapshotDefinition written, IReadOnlyList<EvaluationContext> callers)
    {
        var copy = NamedChanges.Open(SnapshotCompiler.Compile(written, FuzzLimits.Snapshot, Overlay).Rules, written, Overlay);
        Promise.Same(Questions.AskAnew(copy.Rules, callers), Questions.AskAnew(snapshot.Rules, callers), "answers of the written whole");
        NamedChanges.AreNone(snapshot, copy);
    }

    private static List<(string, string)> Places(IReadOnlyList<SnapshotDiagnostic> diagnostics) =>
        [.. diagnostics.Select(one => (one.Id, one.Path)).Order()];
}
