using ProgressiveDelivery.Sdk.Benchmarks.AspNetCore;
using ProgressiveDelivery.Sdk.Benchmarks.Backends;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>
/// What the gate measures: the same methods as the benchmarks. The least ratios are about half of the worst
/// that was seen of this code on a noisy machine with two cores: they find what became slower by far, and not whose neighbor was loud.
/// </summary>
internal static class GateWorkloads
{
    // About 1.5 times what was seen of one record each: of an event, and of a hundredth of a log record.
    private const double BytesOfAnExposure = 512;
    private const double BytesOfASample = 8;

    public static IEnumerable<Workload> All()
    {
        var on = new FlagOn();
        yield return new("flag on, by key", new(FlagOn.Calls, on.ByKey), new(FlagOn.Calls, on.FeatureManagement)) { LeastRatio = 10 };
        yield return new("flag on, by handle", new(FlagOn.Calls, on.ByHandle), new(FlagOn.Calls, on.FeatureManagement)) { LeastRatio = 10 };
        yield return new("flag on, with reason", new(FlagOn.Calls, on.WithReason), new(FlagOn.Calls, on.FeatureManagement)) { LeastRatio = 10 };

        var rule = new AttributeRule();
        yield return new("attribute rule, by key", PerCaller(rule.ByKey), PerCaller(rule.FeatureManagement)) { LeastRatio = 10 };
        yield return new("attribute rule, by handle", PerCaller(rule.ByHandle), PerCaller(rule.FeatureManagement)) { LeastRatio = 10 };

        var rollout = new Rollout();
        yield return new("rollout, by key", PerCaller(rollout.ByKey), PerCaller(rollout.FeatureManagement)) { LeastRatio = 18 };
        yield return new("rollout, by handle", PerCaller(rollout.ByHandle), PerCaller(rollout.FeatureManagement)) { LeastRatio = 20 };

        yield return new("rollout, counted", PerCaller(new Counted().Rollout));

        var observed = new Observed();
        yield return new("experiment, unobserved", PerCaller(observed.Unobserved));
        yield return new("experiment, exposed again", PerCaller(observed.ExposedAgain));
        yield return new("experiment, new unit each time", PerCaller(observed.ExposedAnew)) { MaxBytes = BytesOfAnExposure };
        yield return new("experiment, with a meter", PerCaller(observed.Metered));
        yield return new("experiment, 1 % of events logged", PerCaller(observed.Sampled)) { MaxBytes = BytesOfASample };

        var executed = new Executed();
        yield return new("rollout, run async with a state", PerCaller(executed.Async));
        yield return new("rollout, run with a state", PerCaller(executed.Synchronous));
        yield return new("outcome of a call, recorded", PerCaller(executed.Recorded));

        var three = new ThreeRules();
        yield return new("three rules, by key", PerCaller(three.ByKey), new(Callers.FewCount, three.FeatureManagement)) { LeastRatio = 800 };
        yield return new("three rules, by handle", PerCaller(three.ByHandle), new(Callers.FewCount, three.FeatureManagement)) { LeastRatio = 800 };

        // Whole requests, in which a gate is a part: their ratio is shown only. The key of a signed-in user is read from the claims once a request.
        var endpoint = new GatedEndpoint();
        yield return new("request to an endpoint", new(GatedEndpoint.Calls, endpoint.Ungated), new(GatedEndpoint.Calls, endpoint.FeatureManagementUngated)) { Allocates = true };
        yield return new("request to a gated endpoint", new(GatedEndpoint.Calls, endpoint.RequireFeature), new(GatedEndpoint.Calls, endpoint.FeatureManagement)) { MaxBytes = endpoint.BytesOfUngated() };

        var unknown = new UnknownFlag();
        yield return new("unknown flag", new(UnknownFlag.Calls, unknown.ByKey), new(UnknownFlag.Calls, unknown.FeatureManagement)) { LeastRatio = 2.5 };

        var all = new AllFlags();
        yield return new("1,000 flags, per flag", new(FlagKeys.Count, all.ByKey), new(FlagKeys.Count, all.FeatureManagement)) { LeastRatio = 150 };
        yield return new("1,000 flags for a front end", new(FlagKeys.Count, all.ForFrontEnd), new(FlagKeys.Count, all.FeatureManagement)) { LeastRatio = 400 };

        var context = new ContextPerCall();
        yield return new("context on the stack + rule", PerCaller(context.OnTheStack), PerCaller(context.FeatureManagement)) { LeastRatio = 7 };
        yield return new("context on the heap + rule", PerCaller(context.OnTheHeap), PerCaller(context.FeatureManagement)) { Allocates = true, LeastRatio = 2 };
    }

    /// <summary>One rollout of each backend, and the loading of 1,000 of its flags.</summary>
    public static IEnumerable<(Workload Rollout, Workload Load)> Backends()
    {
        foreach (var backend in BackendRollout.All())
        {
            var rollout = new BackendRollout(backend);
            rollout.Check();
            yield return (
                new($"{backend.Vendor}: rollout", PerCaller(rollout.Ask)),
                new($"{backend.Vendor}: load 1,000 flags", new(1, rollout.Load)) { Allocates = true });
        }
    }

    /// <summary>What takes milliseconds and allocates.</summary>
    public static IEnumerable<Workload> Heavy()
    {
        var explain = new Explain();
        yield return new("explain", new(1, () => explain.Explanation().Steps.Count)) { Allocates = true };

        var compile = new CompileFlags();
        yield return new("load 1,000 flags", new(1, () => compile.Thousand() ? 1 : 0), new(1, compile.FeatureManagement)) { Allocates = true };
        yield return new("load 10,000 flags", new(1, () => compile.TenThousand() ? 1 : 0)) { Allocates = true };
    }

    private static Work PerCaller(Func<int> run) => new(Callers.Count, run);
}
