using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>A flag or segment in the graph of dependencies.</summary>
internal abstract class GraphNode
{
    // Most nodes depend on nothing.
    private List<int>? _dependencies;
    private List<(VariantSet Variants, CompiledFlag Flag)>? _links;

    /// <summary>The nodes that this one depends on, by index; duplicates are allowed.</summary>
    public ReadOnlySpan<int> Dependencies => CollectionsMarshal.AsSpan(_dependencies);

    public abstract DefinitionName Name { get; }

    /// <summary>The names that the node's definition refers to, defined or not; duplicates are allowed.</summary>
    public abstract DefinitionName[] References { get; }

    public abstract DependencyNode Node { get; }

    public abstract DiagnosticSubject Subject { get; }

    public abstract string Path { get; }

    public abstract bool IsMalformed { get; }

    /// <summary>The sets of variants to resolve after every flag has its variants.</summary>
    public ReadOnlySpan<(VariantSet Variants, CompiledFlag Flag)> Links => CollectionsMarshal.AsSpan(_links);

    /// <summary>Indicates whether the node itself has a rule on time.</summary>
    public bool ReadsTime { get; set; }

    /// <summary>The nesting depth of the node's conditions.</summary>
    public int Nesting { get; set; }

    /// <summary>The nesting depth of conditions from here to the end of the longest chain of dependencies.</summary>
    public int NestingBelow { get; set; }

    /// <summary>The depth of the dependencies below the node.</summary>
    public int Depth { get; set; }

    /// <summary>The number of nodes that plain recursion would evaluate, duplicates included, up to a limit.</summary>
    public int Cost { get; set; } = 1;

    public void DependOn(GraphNode node) => (_dependencies ??= []).Add(node.Node.Index);

    public void Link(VariantSet variants, CompiledFlag flag) => (_links ??= []).Add((variants, flag));

    public abstract void Reject(SnapshotDiagnostic diagnostic);
}

/// <summary>A flag during its compilation.</summary>
internal sealed class FlagNode(FlagDefinition definition) : GraphNode
{
    public FlagDefinition Definition => definition;

    public CompiledFlag Compiled { get; } = new(definition.Key, definition.Type, definition.Enabled, definition.ClientVisible) { Version = definition.Version, Metadata = definition.Metadata, RequiresKeys = definition.RequiresKeys, YieldsOffVariant = definition.YieldsOffVariant, IsTracked = definition.Track, Attempt = definition.Attempt };

    public override DefinitionName Name => new(DefinitionKind.Flag, definition.Key);

    public override DefinitionName[] References => field ??= DependencyGraph.ReferencesOf(definition);

    public override DependencyNode Node => Compiled;

    public override DiagnosticSubject Subject => definition.Key;

    public override string Path => JsonPath.Flag(definition.Key);

    public override bool IsMalformed => Compiled.IsQuarantined;

    public override void Reject(SnapshotDiagnostic diagnostic) => Compiled.Quarantine(diagnostic.Message);
}

/// <summary>A segment during its compilation.</summary>
internal sealed class SegmentNode(SegmentDefinition definition) : GraphNode
{
    private bool _malformed;

    public SegmentDefinition Definition => definition;

    public CompiledSegment Compiled { get; } = new(definition.Name);

    public override DefinitionName Name => new(DefinitionKind.Segment, definition.Name);

    public override DefinitionName[] References => field ??= DependencyGraph.ReferencesOf(definition);

    public override DependencyNode Node => Compiled;

    public override DiagnosticSubject Subject => DiagnosticSubject.Segment(definition.Name);

    public override string Path => JsonPath.Named("segments", definition.Name);

    public override bool IsMalformed => _malformed;

    public override void Reject(SnapshotDiagnostic diagnostic) => _malformed = true;
}
