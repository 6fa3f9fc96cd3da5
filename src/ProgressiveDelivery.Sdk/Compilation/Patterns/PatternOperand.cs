using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Compiles the expressions of definitions, within the limits of the snapshot.</summary>
internal static class PatternOperand
{
    /// <summary>Compiles an expression, valid or not; false if it exceeds a limit, which is reported.</summary>
    public static bool TryCompile(CompilationScope scope, string text, PatternSyntax syntax, bool ignoreCase, out PatternResult result)
    {
        result = default;
        var limits = scope.State.Limits;
        if (text.Length > limits.MaxPatternLength)
        {
            scope.Report(DiagnosticCatalog.FlagLimitExceeded(scope.Path, scope.Subject, $"a regular expression of {text.Length} characters", limits.MaxPatternLength, nameof(SnapshotLimits.MaxPatternLength)));
            return false;
        }

        result = scope.State.Patterns.Get(text, syntax, ignoreCase);
        if (result.IsTooLarge)
            scope.Report(DiagnosticCatalog.ExpressionTooLarge(scope.Path, scope.Subject, text));
        else if (result.Pattern is BacktrackingPattern)
            scope.Report(DiagnosticCatalog.ExpressionBacktracks(scope.Path, scope.Subject, text));
        return !result.IsTooLarge;
    }
}
