using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// Ends the flag with <see cref="EvaluationReason.Error"/> when evaluated. Stands for a malformed part, which has no effect unless an evaluation
/// reaches it.
/// </summary>
/// <param name="Message">The fault, for explanations.</param>
[Experimental("PD9001")]
public sealed record AbortCondition(string Message) : ConditionDefinition;
