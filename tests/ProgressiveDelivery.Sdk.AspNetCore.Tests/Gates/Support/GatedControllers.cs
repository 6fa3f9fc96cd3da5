using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

[RequireFeature(GateFlags.ForAnna)]
public abstract class GatedController : Controller
{
}

/// <summary>Actions behind the gate of their base class, and some behind more.</summary>
[Route("gated/[action]")]
public sealed class ChildController : GatedController
{
    public string Plain() => "in";

    [RequireFeature(GateFlags.Banner, Variant = "blue")]
    public string Blue() => "in";

    [RequireFeature(GateFlags.Open)]
    [RequireFeature(GateFlags.Shut)]
    public string Both() => "in";

    [Authorize]
    public string Secret() => "in";
}

[Route("single/[action]")]
public sealed class SingleController : Controller
{
    [RequireFeature(GateFlags.Shut)]
    public string Shut() => "in";

    [RequireFeature(GateFlags.Shut, IsNegated = true)]
    public string ShutOff() => "in";

    [RequireFeature(GateFlags.Shut, StatusCode = 403)]
    public string Forbidden() => "in";

    [RequireFeature(GateFlags.Shut, RedirectTo = "~/soon")]
    public string Moved() => "in";

    // An API answers 400 if the number cannot be bound.
    [RequireFeature(GateFlags.Shut)]
    public string Bound(int number) => ModelState.IsValid ? $"in {number}" : throw new InvalidOperationException("The action ran.");

    public IActionResult View(string path) => base.View($"/Gates/Views/{path}.cshtml");
}

/// <summary>Found by a dynamic route or by a convention, not by an attribute.</summary>
public sealed class PlainController : Controller
{
    [RequireFeature(GateFlags.Shut)]
    public string Shut() => "in";

    [RequireFeature(GateFlags.Open)]
    public string Open() => "in";
}

[RequireFeature(GateFlags.ForAnna)]
public sealed class GatedHub : Hub
{
}
