using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>A kind that the options declare.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Read">Makes its context.</param>
internal sealed record KindDeclaration(string Kind, Func<HttpContext, EvaluationContext?> Read);
