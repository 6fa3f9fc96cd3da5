using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>Guards to start a test from.</summary>
internal static class SomeGuard
{
    /// <summary>At most 1 % of the outcomes of 'on' may be errors; else everybody gets 'off'.</summary>
    public static GuardDefinition Errors(string id = "errors") => new()
    {
        Id = id,
        Kind = GuardKind.Error,
        Variant = "on",
        Limit = 0.01,
        Then = GuardResponse.Revert,
        RevertTo = "off",
    };

    /// <summary>'on' may have no more errors than 'off'.</summary>
    public static GuardDefinition Pair(string id = "pair") => Errors(id) with { Limit = null, Against = "off" };

    public static FlagDefinition Guarded(params GuardDefinition[] guards) => Some.Flag() with { Default = Some.Rollout(50), Guards = guards };
}
