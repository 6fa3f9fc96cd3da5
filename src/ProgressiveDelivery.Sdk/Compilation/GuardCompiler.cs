using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Checks the guards of a flag. A faulty one is reported and left out; the flag does without it.</summary>
internal static class GuardCompiler
{
    /// <summary>Checks all guards, and notes the sound ones and those left out.</summary>
    public static void Run(FlagScope scope)
    {
        var definitions = scope.Definition.Guards;
        if (definitions.Count == 0)
            return;

        scope.Enter("guards");
        for (var i = 0; i < Math.Min(definitions.Count, SnapshotLimits.MaxGuardsPerFlag); i++)
        {
            scope.Enter(i);
            Take(scope, definitions[i]);
            scope.Leave();
        }

        CheckCount(scope, definitions);
        scope.Leave();
        CheckServed(scope);
    }

    // The reader keeps one guard too many, with a defect, in place of all that it has left out.
    private static void CheckCount(FlagScope scope, IReadOnlyList<GuardDefinition> definitions)
    {
        const int most = SnapshotLimits.MaxGuardsPerFlag;
        if (definitions.Count <= most)
            return;
        if (definitions[most].Defect is null)
            scope.Report(DiagnosticCatalog.TooManyGuards(scope.Path, scope.Definition.Key, definitions.Count, most));
        scope.LeaveOut(definitions[most]);
    }

    private static void Take(FlagScope scope, GuardDefinition guard)
    {
        var fault = guard.Defect is null ? FaultOf(scope, guard) : null;
        if (fault is not null)
            scope.Report(fault);
        if (guard.Defect is null && fault is null)
            scope.Add(guard);
        else
            scope.LeaveOut(guard);
    }

    private static SnapshotDiagnostic? FaultOf(FlagScope scope, GuardDefinition guard)
    {
        var (path, flag, id) = (scope.Path, scope.Definition.Key, guard.Id);
        if (scope.Guards.Any(other => other.Id == id))
            return DiagnosticCatalog.DuplicateGuard(path, flag, id);
        if (new[] { guard.Variant, guard.Against, guard.RevertTo }.FirstOrDefault(name => name is not null && !scope.HasVariant(name)) is { } missing)
            return DiagnosticCatalog.UndefinedGuardVariant(path, flag, id, missing, scope.VariantNames);
        if (WrongKind(guard) is { } kind)
            return DiagnosticCatalog.InvalidGuardKind(path, flag, id, kind);
        if (WrongLimit(guard) is { } limit)
            return DiagnosticCatalog.InvalidGuardLimit(path, flag, id, limit);
        if (WrongPromise(guard) is var (member, wanted, found))
            return DiagnosticCatalog.InvalidGuardPromise(path, flag, id, member, wanted, found);
        return WrongResponse(guard) is { } response ? DiagnosticCatalog.InvalidGuardResponse(path, flag, id, response) : null;
    }

    private static string? WrongKind(GuardDefinition guard) => guard.Kind switch
    {
        GuardKind.Slower when guard.Than is null => "has kind 'slower' without 'than'",
        GuardKind.Slower when guard.Than <= TimeSpan.Zero => "has a 'than' that is not above 0",
        not GuardKind.Slower when guard.Than is not null => "has 'than' and another kind than 'slower'",
        GuardKind.Metric when string.IsNullOrEmpty(guard.Metric) => "has kind 'metric' without 'metric'",
        GuardKind.Metric when guard.Above.HasValue == guard.Below.HasValue => guard.Above.HasValue ? "has both 'above' and 'below'" : "has neither 'above' nor 'below'",
        GuardKind.Metric when !double.IsFinite(guard.Above ?? guard.Below!.Value) => "has an 'above' or 'below' that is no finite number",
        not GuardKind.Metric when guard.Metric is not null || guard.Above is not null || guard.Below is not null => "has 'metric', 'above' or 'below' and another kind than 'metric'",
        _ => null,
    };

    private static string? WrongLimit(GuardDefinition guard)
    {
        if (guard.Limit.HasValue == guard.Against is not null)
            return guard.Limit.HasValue ? "has both 'limit' and 'against'" : "has neither 'limit' nor 'against'";
        if (guard.Against is null)
            return !IsShare(guard.Limit!.Value) ? string.Create(CultureInfo.InvariantCulture, $"has the limit {guard.Limit}")
                : guard is not { Margin: 0, Ratio: 1 } ? "has 'margin' or 'ratio' beside 'limit'"
                : null;
        return guard.Against == guard.Variant ? "is compared with the variant that it watches"
            : !(guard.Margin is >= 0 and < 1) ? string.Create(CultureInfo.InvariantCulture, $"has the margin {guard.Margin}, which is not from 0 up to 1")
            : !(guard.Ratio > 0 && double.IsFinite(guard.Ratio)) ? string.Create(CultureInfo.InvariantCulture, $"has the ratio {guard.Ratio}, which is not above 0")
            : null;
    }

    private static (string Member, string Wanted, string Found)? WrongPromise(GuardDefinition guard) =>
        !IsShare(guard.Alpha) ? ("alpha", "above 0 and below 1", Text(guard.Alpha))
        : guard.Within < 1 ? ("within", "at least 1", Text(guard.Within))
        : guard.MinimumBad < 0 ? ("minimumBad", "at least 0", Text(guard.MinimumBad))
        : guard.MinimumOutcomes < 0 ? ("minimumOutcomes", "at least 0", Text(guard.MinimumOutcomes))
        : guard.OncePer <= TimeSpan.Zero ? ("oncePer", "above 0", Text(guard.OncePer.Value.TotalSeconds) + " s")
        : null;

    private static string? WrongResponse(GuardDefinition guard)
    {
        if (guard.Then == GuardResponse.Revert)
            return guard.RevertTo is null ? "it reverts, and names no variant to serve"
                : guard.RevertTo == guard.Variant ? "it reverts to the variant that it watches"
                : guard.Probe is { } probe ? WrongProbe(probe)
                : null;
        return guard.RevertTo is not null ? "it names a variant to serve, and does not revert"
            : guard.Probe is not null ? "it has a probe, and does not revert"
            : null;
    }

    private static string? WrongProbe(ProbeDefinition probe) =>
        probe.Percent == 0 || !RolloutCompiler.IsPercentage(probe.Percent) ? $"its probe has {Text(probe.Percent)} %, which is not above 0, at most 100, and of at most four decimals"
        : probe.Wait <= TimeSpan.Zero ? "its probe has a 'wait' that is not above 0"
        : probe.MaxWait < probe.Wait ? "its probe has a 'maxWait' below its 'wait'"
        : probe.MaxOutcomes < 1 ? "its probe has 'maxOutcomes' below 1"
        : null;

    private static void CheckServed(FlagScope scope)
    {
        if (scope.Guards.Count == 0 || ServedVariants.Of(scope.Definition) is not { } served)
            return;
        foreach (var guard in scope.Guards)
        {
            if (new[] { guard.Variant, guard.Against }.FirstOrDefault(name => name is not null && !served.Contains(name)) is { } variant)
                scope.Report(DiagnosticCatalog.UnservedVariant($"{scope.Path}.guards", scope.Definition.Key, guard.Id, variant));
        }
    }

    private static bool IsShare(double number) => number is > 0 and < 1;

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
