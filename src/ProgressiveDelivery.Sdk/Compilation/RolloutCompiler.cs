using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Compiles rollouts. Gates, blackouts and the position of the ramp become part of the share: a step that may not be reached now is not among those that an
/// evaluation compares.
/// </summary>
internal static class RolloutCompiler
{
    public static CompiledRolloutOutcome Compile(FlagScope scope, RolloutOutcome serve)
    {
        scope.Enter("rollout");
        var by = scope.Unit(serve.By);
        var salt = serve.Salt ?? scope.Definition.Key;
        var share = Share(scope, serve);
        scope.Enter("to");
        var to = serve.To switch
        {
            VariantOutcome variant => CompiledVariantOutcome.Of(scope.Variant(variant.Variant)),
            SplitOutcome split => OutcomeCompiler.Split(scope, split, by, salt),
            _ => OutcomeCompiler.Nothing,
        };
        if (serve.To is not (VariantOutcome or SplitOutcome))
            scope.Report(DiagnosticCatalog.InvalidServe(scope.Path, scope.Definition.Key, "in a rollout's 'to' is neither a variant nor a split"));
        scope.Leave();
        scope.Leave();
        return new(share, new(salt), by, to, scope.Else(serve.Else));
    }

    /// <summary>Returns whether a number is a percentage; another one is reported.</summary>
    public static bool IsPercentage(CompilationScope scope, string member, decimal percent)
    {
        if (IsPercentage(percent))
            return true;
        scope.Enter(member);
        scope.Report(DiagnosticCatalog.InvalidPercentage(scope.Path, scope.Subject, percent.ToString(CultureInfo.InvariantCulture)));
        scope.Leave();
        return false;
    }

    public static bool IsPercentage(decimal percent) => percent is >= 0 and <= 100 && decimal.Truncate(percent * 10_000m) == percent * 10_000m;

    private static RolloutShare Share(FlagScope scope, RolloutOutcome serve)
    {
        if (serve.Percent.HasValue == serve.Steps is not null)
        {
            scope.Report(DiagnosticCatalog.InvalidSteps(scope.Path, scope.Definition.Key, serve.Percent.HasValue ? "has both 'percent' and 'steps'" : "has neither 'percent' nor 'steps'"));
            return new(0);
        }

        if (serve.Steps is { } steps)
            return Steps(scope, serve, steps);
        if (serve.Blackouts is { Count: > 0 })
            ReportBlackout(scope, "a rollout with 'percent' has blackouts, which concern steps only and have no effect");
        return IsPercentage(scope, "percent", serve.Percent!.Value) ? new(serve.Percent.Value, scope.Position) : new(0);
    }

    private static RolloutShare Steps(FlagScope scope, RolloutOutcome serve, IReadOnlyList<RolloutStep> steps)
    {
        scope.Node.ReadsTime = true;
        var isSound = CheckSteps(scope, steps);
        var isLinear = serve.Curve == RolloutCurve.Linear;
        var blackouts = CompileBlackouts(scope, serve.Blackouts ?? [], isLinear);
        scope.Enter("steps");
        var ramp = new RampCompiler(scope, blackouts, isLinear).Compile(steps);
        scope.Leave();
        // A linear share would pass a gate, or a blackout, on its way.
        isLinear &= blackouts == Blackouts.None && steps.All(step => step.Gate is null);
        return isSound ? new(ramp, isLinear, scope.Position, blackouts) : new(0);
    }

    private static bool CheckSteps(FlagScope scope, IReadOnlyList<RolloutStep> steps)
    {
        scope.Enter("steps");
        var isSound = true;
        for (var i = 0; i < steps.Count; i++)
        {
            scope.Enter(i);
            isSound &= IsPercentage(scope, "percent", steps[i].Percent);
            if (i > 0 && steps[i].At <= steps[i - 1].At)
                scope.Report(DiagnosticCatalog.InvalidSteps(scope.Path, scope.Definition.Key, "has a step that is not after the one before it"));
            scope.Leave();
        }

        scope.Leave();
        return isSound;
    }

    private static Blackouts CompileBlackouts(FlagScope scope, IReadOnlyList<ScheduleCondition> definitions, bool isLinear)
    {
        if (definitions.Count == 0)
            return Blackouts.None;
        if (isLinear || definitions.Count > SnapshotLimits.MaxBlackouts)
        {
            ReportBlackout(scope, isLinear
                ? "a rollout with curve 'linear' has blackouts, which hold up steps only, so no step is reached"
                : $"a rollout has {definitions.Count} blackouts, more than {SnapshotLimits.MaxBlackouts}, so no step is reached");
            return Blackouts.Endless;
        }

        scope.Enter("blackouts");
        WeeklyHours?[] hours = [.. definitions.Select((blackout, index) => Hours(scope, blackout, index))];
        scope.Leave();
        return hours.Contains(null) ? Blackouts.Endless : new(hours!);
    }

    private static WeeklyHours? Hours(FlagScope scope, ScheduleCondition blackout, int index)
    {
        scope.Enter(index);
        var hours = ScheduleCompiler.Compile(scope, blackout, out var fault);
        if (fault is not null)
            scope.Report(fault with { Severity = DiagnosticSeverity.Warning });
        scope.Leave();
        return hours;
    }

    private static void ReportBlackout(FlagScope scope, string wrong)
    {
        scope.Enter("blackouts");
        scope.Report(DiagnosticCatalog.InvalidBlackout(scope.Path, scope.Definition.Key, wrong));
        scope.Leave();
    }
}
