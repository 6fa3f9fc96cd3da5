using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Trips of guards of the flag <c>f</c>, whose variant <c>on</c> they watch, positions of its rollouts, and snapshots with attempts.</summary>
internal static class Guarded
{
    /// <summary>A trip that serves <c>off</c> to everybody.</summary>
    public static GuardTrip Trip(string guard = "errors", int second = 0) => new()
    {
        Flag = "f",
        Guard = guard,
        Variant = "on",
        Response = GuardResponse.Revert,
        Served = "off",
        Evidence = "37 of 410 outcomes of 'on' were errors, against a limit of 1 %",
        Since = new(2026, 6, 1, 12, 0, second, TimeSpan.Zero),
        Version = 1,
    };

    public static RampPosition Position(decimal reached, bool isPaused = false, string? rule = "canary") => new()
    {
        Flag = "f",
        Rule = rule,
        Reached = reached,
        IsPaused = isPaused,
        Cause = "gate open: 500 outcomes",
        Since = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>A snapshot in which every caller gets <c>on</c>.</summary>
    public static Turn Rules(long version, long attempt = 1, string flag = "f") => _ => new(SnapshotReading.OfDefinition(new()
    {
        Version = version,
        Flags = [Some.Text(flag, "on", "off", "old") with { Attempt = attempt }],
    }));

    /// <summary>A snapshot in which every caller gets <c>on</c>, as a document that is kept on disk.</summary>
    public static Turn KeptRules(long version) => ScriptedSource.Document($$"""
        { "schema": "progressive-delivery/1", "version": {{version}},
          "flags": { "f": { "type": "string", "variants": { "on": "on", "off": "off", "old": "old" }, "default": "on" } } }
        """);

    /// <summary>The variant that callers get, and why.</summary>
    public static (string? Variant, EvaluationReason Reason) Answer(this ClientUnderTest test, EvaluationContext? context = null)
    {
        var answer = test.Client.EvaluateString("f", context ?? EvaluationContext.Empty, "fallback");
        return (answer.Variant, answer.Reason);
    }

    public static IEnumerable<ControlActKind> Acts(this ClientUnderTest test) => test.Control.AuditTrail.Select(record => record.Kind);
}
