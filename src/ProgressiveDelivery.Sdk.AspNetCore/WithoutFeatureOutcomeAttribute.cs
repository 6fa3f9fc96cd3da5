namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// Leaves an endpoint, a controller, an action, a page or a hub out of the outcomes of variants: neither its failures nor its time count. For endpoints that take as long as their client
/// likes, such as long polls, uploads and streams, and for those that answer 500 and above on purpose. Endpoints without a class of their own have <c>WithoutFeatureOutcome</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WithoutFeatureOutcomeAttribute : Attribute;
