using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Reads the context of one request, until it ends.</summary>
/// <param name="source">Reads the parts.</param>
/// <param name="http">The request. It is let go at the end, for a server serves other requests with it.</param>
internal sealed class RequestContextReader(RequestContextSource source, HttpContext http) : ContextReader
{
    private HttpContext? _http = http;
    private ClaimsPrincipal? _user;

    protected override IEnumerable<string> AttributeNames => _http is { } http ? source.NamesOf(http) : [];

    protected override IEnumerable<string> KindNames => source.Kinds;

    /// <summary>Lets the request go. What was read stays.</summary>
    public void End()
    {
        Close();
        (_http, _user) = (null, null);
    }

    protected override bool HasChanged()
    {
        if (_http is not { } http || RequestContextSource.UserOf(http) is var user && ReferenceEquals(user, _user))
            return false;
        _user = user;
        return true;
    }

    protected override bool IsPrivate(string name) => source.IsPrivate(name);

    protected override string? ReadKey() => _http is { } http ? source.ReadKey(http) : null;

    protected override AttributeValue ReadAttribute(string name) => _http is { } http ? source.ReadAttribute(http, name) : default;

    protected override EvaluationContext? ReadKind(string kind) => _http is { } http ? source.ReadKind(http, kind) : null;
}
