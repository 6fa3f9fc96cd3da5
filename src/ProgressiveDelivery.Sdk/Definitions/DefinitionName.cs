namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The name of a definition that others can refer to.</summary>
internal readonly record struct DefinitionName(DefinitionKind Kind, string Name);

/// <summary>The kind of a named definition; each kind has its own names.</summary>
internal enum DefinitionKind
{
    Flag,
    Segment,
    Layer,
    Holdout,
}
