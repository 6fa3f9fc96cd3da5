using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>A flag or segment among those that it depends on.</summary>
internal abstract class GraphNode
{
    // Most nodes depend on nothing.
    private List<int>? _dependencies;
    private List<(VariantSet Variants, CompiledFlag Flag)>? _links;

    /// <summary>The nodes that this one asks, by index; repeats are harmless.</summary>
    public ReadOnlySpan<int> Dependencies => CollectionsMarshal.AsSpan(_dependencies);

    public abstract DependencyNode Node { get; }

    public abstract DiagnosticSubject Subject { get; }

    public abstract string Path { get; }

    public abstract bool IsMalformed { get; }

    /// <summary>Sets of variants to be resolved once every flag has its variants.</summary>
    public ReadOnlySpan<(VariantSet Variants, CompiledFlag Flag)> Links => CollectionsMarshal.AsSpan(_links);

    /// <summary>Whether a rule on time is reached without leaving the node.</summary>
    public bool ReadsTime { get; set; }

    /// <summary>How deep the node's conditions are nested.</summary>
    public int Nesting { get; set; }

    /// <summary>How deep conditions are nested from here to the end of the longest chain of dependencies.</summary>
    public int NestingBelow { get; set; }

    /// <summary>How far below the node its dependencies go.</summary>
    public int Depth { get; set; }

    /// <summary>How many nodes plain recursion would evaluate, repeats counted, up to a limit.</summary>
    public int Cost { get; set; } = 1;

    public void DependOn(GraphNode node) => (_dependencies ??= []).Add(node.Node.Index);

    public void Link(VariantSet variants, CompiledFlag flag) => (_links ??= []).Add((variants, flag));

    public abstract void Reject(SnapshotDiagnostic diagnostic);
}

/// <summary>A flag while it is compiled.</summary>
internal sealed class FlagNode(FlagDefinition definition) : GraphNode
{
    public FlagDefinition Definition => definition;

    public CompiledFlag Compiled { get; } = new(definition.Key, definition.Type, definition.Enabled, definition.ClientVisible) { Version = definition.Version, Metadata = definition.Metadata };

    public override DependencyNode Node => Compiled;

    public override DiagnosticSubject Subject => definition.Key;

    public override string Path => JsonPath.Flag(definition.Key);

    public override bool IsMalformed => Compiled.IsQuarantined;

    public override void Reject(SnapshotDiagnostic diagnostic) => Compiled.Quarantine(diagnostic.Message);
}

/// <summary>A segment while it is compiled.</summary>
internal sealed class SegmentNode(SegmentDefinition definition) : GraphNode
{
    private bool _malformed;

    public SegmentDefinition Definition => definition;

    public CompiledSegment Compiled { get; } = new(definition.Name);

    public override DependencyNode Node => Compiled;

    public override DiagnosticSubject Subject => DiagnosticSubject.Segment(definition.Name);

    public override string Path => JsonPath.Named("segments", definition.Name);

    public override bool IsMalformed => _malformed;

    public override void Reject(SnapshotDiagnostic diagnostic) => _malformed = true;
}
