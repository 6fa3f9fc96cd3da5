using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Reads the context of a request.</summary>
/// <param name="http">The request.</param>
internal sealed class RequestContextReader(HttpContext http) : ContextReader
{
    protected override string? ReadKey() => http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? http.User.FindFirstValue("sub");

    protected override AttributeValue ReadAttribute(string name) => http.User.FindFirstValue(name);
}
