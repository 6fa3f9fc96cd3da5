using Microsoft.AspNetCore.Mvc;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>The response of a gate to a request of MVC.</summary>
internal sealed class RefusedResult(FeatureGate gate) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => gate.RefuseAsync(context.HttpContext);
}
