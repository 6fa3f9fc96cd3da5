namespace ProgressiveDelivery.Sdk;

/// <summary>The context of another kind inside a multi-kind context.</summary>
internal readonly record struct ContextKind(string Name, EvaluationContext Context);
