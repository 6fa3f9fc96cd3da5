namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Options of the context and the ruleset of a request.</summary>
public sealed class RequestOptions
{
}
