using System.Buffers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>What a request carries besides its address.</summary>
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

    public static void Write(HttpRequestMessage request, HttpEndpointOptions options, string accept, (string Name, string? Value) condition)
    {
        Set(request, "Accept", accept);
        Set(request, "Accept-Encoding", "br, gzip");
        Set(request, "User-Agent", UserAgent);
        foreach (var (name, value) in options.InstanceHeaders.Concat(options.BackendHeaders)) Set(request, name, value);
        if (options.Authorization is { } authorization) Set(request, "Authorization", authorization);
        foreach (var (name, value) in options.Headers) Set(request, name, value);
        if (condition.Value is { } known) Set(request, condition.Name, known);
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
