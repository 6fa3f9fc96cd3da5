using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Keeps a request that lasts, such as an event stream, from holding the rules of its begin in memory.</summary>
internal static class LastingRequest
{
    /// <summary>Lets go of the rules that the request was given, of every client. The request is anonymous from now on.</summary>
    public static void Begin(HttpContext http)
    {
        foreach (var client in http.RequestServices.GetServices<RequestClient>())
            client.BindingOf(http.RequestServices).Follow(reader: null);
    }
}
