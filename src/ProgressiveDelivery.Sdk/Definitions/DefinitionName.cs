namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The name of something that others can refer to.</summary>
internal readonly record struct DefinitionName(DefinitionKind Kind, string Name);

/// <summary>What a name is of: each kind has its own names.</summary>
internal enum DefinitionKind
{
    Flag,
    Segment,
    Layer,
    Holdout,
}
