using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Where a reader is in the document, what it is reading there, and what it found wrong. Paths are kept as parts, and become
/// text only where something is wrong.
/// </summary>
internal sealed partial class ReadState(SnapshotLimits limits, ReadOnlyMemory<byte> document)
{
    // Beyond this, further faults of a flag that has one already, and further warnings, only cost memory.
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

    public ListBuilder<WeightedVariant?> Weights { get; } = new();

    public IReadOnlyList<SnapshotDiagnostic> Diagnostics => _diagnostics;

    /// <summary>The flag, segment, layer or holdout being read.</summary>
    public DiagnosticSubject Subject { get; private set; }

    /// <summary>The first thing found that makes <see cref="Subject"/> unusable.</summary>
    public SnapshotDiagnostic? Defect { get; private set; }

    /// <summary>The path of the place.</summary>
    public string Path => PathTo(member: null);

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

    /// <summary>The path of a member of the place.</summary>
    public string PathTo(string? member)
    {
        var path = new StringBuilder(JsonPath.Root);
        foreach (var part in _path.AsSpan(0, _depth))
            part.AppendTo(path);
        if (member is not null)
            JsonPath.AppendMember(path, member);
        return path.ToString();
    }

    public void Report(SnapshotDiagnostic diagnostic)
    {
        var first = diagnostic.Severity != DiagnosticSeverity.Warning && Defect is null;
        if (first)
            Defect = diagnostic;
        if (first || _diagnostics.Count < EnoughDiagnostics)
            _diagnostics.Add(diagnostic);
    }

    public void ReportDuplicate(string name) => Report(Definitions.Diagnostics.DuplicateMember(Path, name));

    /// <summary>Reports that the value read last, which is a member of the place, has another form, and passes it over.</summary>
    public void ReportForm(ref Utf8JsonReader json, string member, string wanted)
    {
        Report(Definitions.Diagnostics.WrongForm(PathTo(member), Subject, member, wanted, JsonText.Describe(ref json)));
        json.Skip();
    }

    /// <summary>Reports that the value read last, which is the place, has another form, and passes it over.</summary>
    public void ReportItem(ref Utf8JsonReader json, string what, string wanted)
    {
        Report(Definitions.Diagnostics.WrongForm(Path, Subject, what, wanted, JsonText.Describe(ref json)));
        json.Skip();
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
