using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The cost of one evaluation so far, over all its flags, rules and segments.</summary>
internal struct EvaluationBudget
{
    /// <summary>The cost of its regular expressions.</summary>
    public PatternBudget Patterns;

    /// <summary>The cost of its formulas.</summary>
    public FormulaCost Formulas;

    /// <summary>Returns the decision of the evaluation, or an error if the regular expressions exceeded their limit.</summary>
    public readonly Decision Judge(Decision decision) => Patterns.IsExhausted ? new(Decision.None, EvaluationReason.Error) : decision;
}
