using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Describes guards for people.</summary>
internal static class GuardText
{
    /// <summary>Returns the evidence: <c>37 of 410 outcomes of 'on' were errors, against a limit of 1 %</c>.</summary>
    public static string Evidence(GuardDefinition guard, in GuardCounts counts, double? limit = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{counts.Bad:N0} of {counts.Outcomes:N0} {Outcomes(guard)} of {Name(guard.Variant)} {Bad(guard)}, against {Allowed(guard, in counts, limit ?? guard.Limit)}");

    /// <summary>Returns the promise on false trips: <c>at most 1 % false trips within 1,000,000 outcomes</c>.</summary>
    public static string Promise(GuardDefinition guard, double alpha) => guard.Mode == GuardMode.Lifetime
        ? $"at most {Percent(alpha)} false trips, however long it watches"
        : string.Create(CultureInfo.InvariantCulture, $"at most {Percent(alpha)} false trips within {guard.Within:N0} {(guard.Against is null ? "outcomes" : "blocks of outcomes")}");

    /// <summary>Returns a result in a word or two.</summary>
    public static string Of(GuardResult result) => result switch
    {
        GuardResult.NoData => "no outcomes",
        GuardResult.Inconclusive => "inconclusive",
        GuardResult.Fine => "fine",
        _ => "bad",
    };

    public static string Percent(double share) => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture) + " %";

    public static string Name(string name) => DiagnosticCatalog.Quote(name);

    private static string Outcomes(GuardDefinition guard) => guard.Kind == GuardKind.Metric ? $"values of {Name(guard.Metric ?? "")}" : "outcomes";

    private static string Bad(GuardDefinition guard) => guard.Kind switch
    {
        GuardKind.Error => "were errors",
        GuardKind.Slower => string.Create(CultureInfo.InvariantCulture, $"took longer than {guard.Than?.TotalMilliseconds:0.###} ms"),
        _ when guard.Above is { } above => string.Create(CultureInfo.InvariantCulture, $"were above {above}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"were below {guard.Below}"),
    };

    private static string Allowed(GuardDefinition guard, in GuardCounts counts, double? limit) => limit is { } share
        ? $"a limit of {Percent(share)}"
        : string.Create(CultureInfo.InvariantCulture, $"{counts.AgainstBad:N0} of {counts.AgainstOutcomes:N0} of {Name(guard.Against ?? "")}{Tolerance(guard)}");

    private static string Tolerance(GuardDefinition guard) => (guard.Ratio, guard.Margin) switch
    {
        (1, 0) => "",
        (1, var margin) => $" and a margin of {Percent(margin)}",
        (var ratio, 0) => string.Create(CultureInfo.InvariantCulture, $" times {ratio}"),
        var (ratio, margin) => string.Create(CultureInfo.InvariantCulture, $" times {ratio} and a margin of {Percent(margin)}"),
    };
}
