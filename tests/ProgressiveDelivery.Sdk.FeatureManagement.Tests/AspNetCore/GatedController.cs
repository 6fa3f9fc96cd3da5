using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.Mvc;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.AspNetCore;

/// <summary>Actions behind Microsoft's gates.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Actions are not static.")]
public sealed class GatedController : ControllerBase
{
    [HttpGet("/mvc/gated")]
    [FeatureGate("ada")]
    public string Gated() => "in";

    [HttpGet("/mvc/any")]
    [FeatureGate(RequirementType.Any, "off", "ada")]
    public string Any() => "in";

    [HttpGet("/mvc/negated")]
    [FeatureGate(true, "ada")]
    public string Negated() => "in";
}
