using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>All acts of the page.</summary>
internal static class OperatorActs
{
    private static readonly OperatorAct[] All =
    [
        new HoldAct(), new ExtendHoldAct(), new ReleaseAct(), new StepBackAct(), new StepForwardAct(), new PinAct(),
        new OverrideAct(), new RemoveOverrideAct(), new KillAct(), new ResetGuardsAct(), new AcceptCurrentAct(),
    ];

    /// <summary>The names of all acts.</summary>
    public static IEnumerable<string> Names => All.Select(static act => act.Name);

    /// <summary>Returns the act of a name; null if there is none.</summary>
    public static OperatorAct? Find(string name) => Array.Find(All, act => act.Name == name);
}
