using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>The compilation of one flag or segment: its place in the document and its faults.</summary>
internal class CompilationScope(CompilationState state, GraphNode node)
{
    private readonly Stack<(string? Member, int Index, string? Key)> _path = state.Path;
    private readonly bool _wasMalformed = node.IsMalformed;

    public CompilationState State => state;

    public GraphNode Node => node;

    public DiagnosticSubject Subject => node.Subject;

    public string Path
    {
        get
        {
            var text = new StringBuilder(node.Path);
            foreach (var (member, index, key) in _path.Reverse())
            {
                if (member is not null)
                    JsonPath.AppendMember(text, member);
                else if (key is not null)
                    JsonPath.AppendKey(text, key);
                else
                    JsonPath.AppendIndex(text, index);
            }

            return text.ToString();
        }
    }

    public void Enter(string member) => _path.Push((member, 0, null));

    public void Enter(int index) => _path.Push((null, index, null));

    public void EnterKey(string key) => _path.Push((null, 0, key));

    public void Leave() => _path.Pop();

    /// <summary>Reports a fault; an error makes the node malformed. A part that the reader found malformed is already reported.</summary>
    public void Report(SnapshotDiagnostic diagnostic)
    {
        if (_wasMalformed)
            return;
        state.Report(node, diagnostic);
        if (diagnostic.Severity != DiagnosticSeverity.Warning)
            node.Reject(diagnostic);
    }

    /// <summary>Resolves a reference to an attribute; null if it is malformed, which is then reported.</summary>
    public AttributeReference? Reference(string text) => Reference(text, objectsOnly: false);

    /// <summary>Resolves the hash of an attribute's name; null if it is not a hash, which is then reported.</summary>
    public AttributeReference? HashedReference(string text, OperandHash algorithm)
    {
        if (Digest.TryParse(text, algorithm, out var digest))
            return AttributeReference.OfHashedName(text, digest, algorithm);
        Report(DiagnosticCatalog.InvalidReference(Path, Subject, text, "is no hash"));
        return null;
    }

    /// <inheritdoc cref="Reference(string)"/>
    public AttributeReference? Reference(string text, bool objectsOnly)
    {
        if (text.Length > state.Limits.MaxReferenceLength)
            Report(DiagnosticCatalog.FlagLimitExceeded(Path, Subject, $"an attribute reference of {text.Length} characters", state.Limits.MaxReferenceLength, nameof(SnapshotLimits.MaxReferenceLength)));
        else if (state.Reference(text, objectsOnly) is { } reference)
            return reference;
        else
            Report(DiagnosticCatalog.InvalidReference(Path, Subject, text, "is malformed"));
        return null;
    }

    /// <summary>Resolves the source of a unit; the targeting key by default.</summary>
    public UnitReference Unit(IReadOnlyList<string>? by, UnitReference? inherited = null)
    {
        if (by is null)
            return inherited ?? UnitReference.TargetingKey;
        Enter("by");
        if (by.Count == 0)
            Report(DiagnosticCatalog.WrongForm(Path, Subject, "by", "a reference, or a list of at least one", "an empty list"));
        var references = new List<AttributeReference>(by.Count);
        foreach (var text in by)
        {
            if (Reference(text) is { } reference)
                references.Add(reference);
        }

        Leave();
        return new([.. references]);
    }
}
