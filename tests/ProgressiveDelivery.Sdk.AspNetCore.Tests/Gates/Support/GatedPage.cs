using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

[RequireFeature(GateFlags.ForAnna)]
public class GatedPage : PageModel;
