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
    public IActionResult Plain() => Content("in");

    [RequireFeature(GateFlags.Banner, Variant = "blue")]
    public IActionResult Blue() => Content("in");

    [RequireFeature(GateFlags.Open)]
    [RequireFeature(GateFlags.Shut)]
    public IActionResult Both() => Content("in");

    [Authorize]
    public IActionResult Secret() => Content("in");
}

[Route("single/[action]")]
public sealed class SingleController : Controller
{
    [RequireFeature(GateFlags.Shut)]
    public IActionResult Shut() => Content("in");

    [RequireFeature(GateFlags.Shut, IsNegated = true)]
    public IActionResult ShutOff() => Content("in");

    [RequireFeature(GateFlags.Shut, StatusCode = 403)]
    public IActionResult Forbidden() => Content("in");

    [RequireFeature(GateFlags.Shut, RedirectTo = "~/soon")]
    public IActionResult Moved() => Content("in");

    // An API answers 400 if the number cannot be bound.
    [RequireFeature(GateFlags.Shut)]
    public string Bound(int number) => ModelState.IsValid ? $"in {number}" : throw new InvalidOperationException("The action ran.");

    public IActionResult Show(string path) => View($"/Gates/Views/{path}.cshtml");
}

/// <summary>Found by a dynamic route or by a convention, not by an attribute.</summary>
public sealed class PlainController : Controller
{
    [RequireFeature(GateFlags.Shut)]
    public IActionResult Shut() => Content("in");

    [RequireFeature(GateFlags.Open)]
    public IActionResult Open() => Content("in");
}

[RequireFeature(GateFlags.ForAnna)]
public sealed class GatedHub : Hub
{
}
