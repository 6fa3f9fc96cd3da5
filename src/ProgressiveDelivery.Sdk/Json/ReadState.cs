using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// The state of a reader: its place in the document, the current definition, and the faults found. Paths are stored as parts, and become text only
/// for a fault.
/// </summary>
internal sealed partial class ReadState(SnapshotLimits limits, ReadOnlyMemory<byte> document)
{
    // Above this, more faults of a flag that already has one, and more warnings, only cost memory.
    private const int EnoughDiagnostics = 1_000;

    private readonly List<SnapshotDiagnostic> _diagnostics = [];
    private PathPart[] _path = new PathPart[16];
    private int _depth;

    public SnapshotLimits Limits { get; } = limits;

    public TextPool Pool { get; } = new();

    public ListBuilder<VariantDefinition> Variants { get; } = new();

    public ListBuilder<PrerequisiteDefinition> Prerequisites { get; } = new();

    public ListBuilder<RuleDefinition> Rules { get; } = new();

    public ListBuilder<ConditionDefinition> Conditions { get; } = new();

    public ListBuilder<AttributeValue> Values { get; } = new();

    public ListBuilder<RolloutStep> Steps { get; } = new();

    public ListBuilder<GuardDefinition> GuardList { get; } = new();

    public ListBuilder<ScheduleCondition> Blackouts { get; } = new();

    public ListBuilder<WeightedVariant?> Weights { get; } = new();

    public IReadOnlyList<SnapshotDiagnostic> Diagnostics => _diagnostics;

    /// <summary>The flag, segment, layer or holdout being read.</summary>
    public DiagnosticSubject Subject { get; private set; }

    /// <summary>The first fault that makes <see cref="Subject"/> unusable.</summary>
    public SnapshotDiagnostic? Defect { get; private set; }

    /// <summary>The path of the current place.</summary>
    public string Path => PathTo(member: null);

    private bool IsFull => _diagnostics.Count >= EnoughDiagnostics;

    public void Begin(DiagnosticSubject subject)
    {
        Subject = subject;
        Defect = null;
    }

    public void End() => Begin(default);

    public void Enter(string member) => Push(new(member, 0, PartKind.Member));

    public void EnterKey(string key) => Push(new(key, 0, PartKind.Key));

    public void Enter(int index) => Push(new(null, index, PartKind.Index));

    public void Leave() => _depth--;

    /// <summary>Returns the path of a member of the current place.</summary>
    public string PathTo(string? member)
    {
        var path = PathOfPlace();
        if (member is not null)
            JsonPath.AppendMember(path, member);
        return path.ToString();
    }

    public void Report(SnapshotDiagnostic diagnostic)
    {
        diagnostic = InPart(diagnostic);
        var first = diagnostic.Severity != DiagnosticSeverity.Warning && Defect is null;
        if (first)
            Defect = diagnostic;
        if (first || !IsFull)
            _diagnostics.Add(diagnostic);
    }

    public void ReportDuplicate(string name) => Report(DiagnosticCatalog.DuplicateMember(Path, name));

    /// <summary>Reports and skips the current value, a member of the current place, which has the wrong form.</summary>
    public void ReportForm(ref Utf8JsonReader json, string member, string wanted)
    {
        Report(DiagnosticCatalog.WrongForm(PathTo(member), Subject, member, wanted, JsonText.Describe(ref json)));
        json.Skip();
    }

    /// <summary>Reports and skips the current value, which is the current place and has the wrong form.</summary>
    public void ReportItem(ref Utf8JsonReader json, string what, string wanted)
    {
        Report(DiagnosticCatalog.WrongForm(Path, Subject, what, wanted, JsonText.Describe(ref json)));
        json.Skip();
    }

    private string PathToUnknown(string member)
    {
        var path = PathOfPlace();
        JsonPath.AppendUnknown(path, member);
        return path.ToString();
    }

    private StringBuilder PathOfPlace()
    {
        var path = new StringBuilder(JsonPath.Root);
        foreach (var part in _path.AsSpan(0, _depth))
            part.AppendTo(path);
        return path;
    }

    private void Push(PathPart part)
    {
        if (_depth == _path.Length)
            Array.Resize(ref _path, _depth * 2);
        _path[_depth++] = part;
    }

    private enum PartKind : byte
    {
        Member,
        Key,
        Index,
    }

    private readonly record struct PathPart(string? Name, int Index, PartKind Kind)
    {
        public void AppendTo(StringBuilder path)
        {
            if (Kind == PartKind.Index)
                JsonPath.AppendIndex(path, Index);
            else if (Kind == PartKind.Key)
                JsonPath.AppendKey(path, Name!);
            else
                JsonPath.AppendMember(path, Name!);
        }
    }
}
