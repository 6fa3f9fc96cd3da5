using System.Buffers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The headers of a request.</summary>
internal static class RequestHeaders
{
    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range(' ', 95).Select(i => (char)i), '\t']);

    private static readonly string UserAgent =
        $"ProgressiveDelivery.Sdk/{typeof(RequestHeaders).Assembly.GetName().Version!.ToString(3)}";

    public static bool IsValue(string value) => !value.AsSpan().ContainsAnyExcept(Printable);

    public static string? FaultOf(string name, string? value)
    {
        if (IsOurs(name)) return "is set by the source itself; leave it out.";
        if (value is null || !IsValue(value)) return "has a value with a character that a header cannot hold; give printable ASCII.";

        using var probe = new HttpRequestMessage();
        return probe.Headers.TryAddWithoutValidation(name, value) ? null : "is not the name of a request header; correct or remove it.";
    }

    public static void Write(HttpRequestMessage request, HttpEndpoint endpoint, string accept, (string Name, string? Value) condition, bool isElsewhere = false)
    {
        Set(request, "Accept", accept);
        // A browser reserves these for itself.
        if (!endpoint.Options.IsInBrowser)
        {
            Set(request, "Accept-Encoding", "br, gzip");
            Set(request, "User-Agent", UserAgent);
        }

        if (!isElsewhere) WriteCredentials(request, endpoint);
        if (condition.Value is { } known) Set(request, condition.Name, known);
    }

    private static void WriteCredentials(HttpRequestMessage request, HttpEndpoint endpoint)
    {
        foreach (var (name, value) in endpoint.Headers()) Set(request, name, value);
        if (endpoint.Options.Authorization is { } authorization) Set(request, "Authorization", authorization);
        foreach (var (name, value) in endpoint.Options.Headers) Set(request, name, value);
    }

    private static bool IsOurs(string name) =>
        name.Equals("If-None-Match", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Last-Event-ID", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase);

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
