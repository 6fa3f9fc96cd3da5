using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Makes a request's scope a unit of work of one client: its rules are frozen, its context is the request's, and its end is an outcome.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="client">The client.</param>
/// <param name="source">Reads contexts.</param>
/// <param name="reportsOutcomes">True if the end of a request is an outcome.</param>
/// <param name="clock">Measures requests.</param>
internal sealed class RequestMiddleware(RequestDelegate next, RequestClient client, RequestContextSource source, bool reportsOutcomes, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var binding = client.BindingOf(http.RequestServices);
        var reader = new RequestContextReader(source, http);
        var scope = binding.Begin(reader);
        var begun = clock.GetTimestamp();
        Exception? thrown = null;
        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
            throw;
        }
        finally
        {
            if (reportsOutcomes && RequestOutcome.Of(http, thrown) is { } succeeded)
                scope.ReportOutcome(succeeded, clock.GetElapsedTime(begun));
            binding.End();
            reader.End();
        }
    }
}
