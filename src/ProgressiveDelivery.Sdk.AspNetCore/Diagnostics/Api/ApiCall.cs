using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>One request to the API, and the client at that moment. The first wrong parameter is kept in <see cref="Fault"/>. Not thread safe.</summary>
/// <param name="http">The request.</param>
/// <param name="page">The mapping.</param>
/// <param name="view">The client as this request sees it.</param>
internal sealed class ApiCall(HttpContext http, DiagnosticsPage page, ScreenContext view)
{
    public HttpContext Http => http;

    public DiagnosticsPage Page => page;

    public ScreenContext View => view;

    /// <summary>The fault of a parameter; null if there is none so far.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads a parameter of the query; null if it is missing or empty.</summary>
    public string? Query(string name) => view.Query(name);

    /// <summary>Reads a parameter that is a whole number; null if it is missing.</summary>
    public long? Number(string name, long min = long.MinValue, long max = long.MaxValue)
    {
        if (Query(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Fault ??= min == long.MinValue
            ? $"'{name}' is '{SafeText.Cut(text, 40)}', which is not a whole number."
            : $"'{name}' is '{SafeText.Cut(text, 40)}'. Give a whole number from {min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}.";
        return null;
    }

    /// <summary>Reads a parameter that must be given.</summary>
    public string Required(string name)
    {
        if (Query(name) is { } value)
            return value;
        Fault ??= $"The parameter '{name}' is missing. Add it: ?{name}=.";
        return "";
    }
}
