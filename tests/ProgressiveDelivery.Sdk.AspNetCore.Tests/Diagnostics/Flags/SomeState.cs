using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

/// <summary>Guards, trips, ramps and experiments for tests.</summary>
internal static class SomeState
{
    public static GuardStatus Guard(string flag = "new-checkout", string guard = "errors", GuardResult result = GuardResult.Fine) => new()
    {
        Flag = flag,
        Guard = guard,
        Variant = "on",
        Result = result,
        Outcomes = 1069,
        Bad = 26,
        Share = new(0.0243, 0.0161, 0.0371),
        LogEvidence = result == GuardResult.Bad ? Math.Log(2.4e8) : Math.Log(3.1),
        LogThreshold = Math.Log(2e8),
        Evidence = [new(10, 0.5), new(880, Math.Log(100)), new(1069, result == GuardResult.Bad ? Math.Log(2.4e8) : Math.Log(3.1))],
        Promise = "at most 1 % false trips within 1,000,000 outcomes",
    };

    public static GuardTrip Trip(string flag = "new-checkout", string guard = "errors", string served = "off") => new()
    {
        Flag = flag,
        Guard = guard,
        Variant = "on",
        Response = GuardResponse.Revert,
        Served = served,
        Evidence = "26 of 1,069 outcomes of 'on' were errors, against a limit of 2 %",
        Since = PageUnderTest.Now.AddMinutes(-12).AddSeconds(-25),
    };

    public static RampStatus Ramp(string flag = "new-checkout", string? rule = "canary") => new()
    {
        Flag = flag,
        Rule = rule,
        Percent = 5,
        Since = PageUnderTest.Now.AddMinutes(-15),
        Next = 25,
        NextAt = PageUnderTest.Now.AddMinutes(28),
        WaitsFor = ["guard 'errors': 120 of 500 outcomes"],
    };

    public static ExperimentHealth Experiment(string flag = "layout", ExperimentHint hint = ExperimentHint.NoMismatch, params long[] units) => new()
    {
        Experiment = flag + "-2026",
        Flag = flag,
        Since = PageUnderTest.Now.AddDays(-2),
        Variants = units is [var first, var second]
            ? [new("a", 0.5, first), new("b", 0.5, second)]
            : [new("a", 0.5, 5050), new("b", 0.5, 4950)],
        Units = units is [var one, var other] ? one + other : 10_000,
        PValue = hint == ExperimentHint.Mismatch ? 3e-21 : 0.43,
        LogEvidence = hint == ExperimentHint.Mismatch ? 47 : 0.2,
        Hint = hint,
    };

    public static SnapshotControlState Tripped(params GuardTrip[] trips) => new() { Version = 1042, Trips = trips };

    public static string Flag(string key, string more = "") => $$"""
        {{System.Text.Json.JsonSerializer.Serialize(key)}}: {"type": "boolean", "default": "off"{{(more.Length == 0 ? "" : ", " + more)}}}
        """;
}
