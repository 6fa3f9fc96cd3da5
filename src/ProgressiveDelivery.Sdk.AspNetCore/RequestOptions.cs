using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// The context of a request, and whether its end is an outcome. Each attribute is read when a rule first asks for it, at most once a request. Read once, at the start; a change later has no effect.
/// </summary>
/// <remarks>
/// An attribute that is declared here comes before a claim of its name. To declare an attribute twice, from different places, is an error. Texts longer than <see cref="MaxValueLength"/>, and
/// lists longer than <see cref="MaxValues"/>, or of more than 100,000 parts or 64 levels in all, count as missing, with one warning for an attribute. Headers, query, route and cookies are under the caller's control: let no rule that protects
/// something ask for them.
/// </remarks>
public sealed class RequestOptions
{
    /// <summary>The name of the attribute that holds the client's address.</summary>
    public const string ClientAddressName = "clientAddress";

    /// <summary>The name of the attribute that holds the request's culture.</summary>
    public const string CultureName = "culture";

    private readonly List<AttributeDeclaration> _attributes = [];
    private readonly List<KindDeclaration> _kinds = [];

    /// <summary>
    /// Indicates whether claims of the signed-in user are attributes, named as <see cref="EvaluationContext.FromPrincipal"/> names them; true by default. The targeting key is a claim in
    /// either case.
    /// </summary>
    public bool ReadClaims { get; set; } = true;

    /// <summary>The type of the claim that is the targeting key; null, the default, for those of <see cref="EvaluationContext.FromPrincipal"/>: the name identifier, <c>sub</c> or <c>oid</c>.</summary>
    public string? TargetingKeyClaim { get; set; }

    /// <summary>The cookie that gives visitors without a sign-in a targeting key; null, the default, for none. A signed-in user never gets it. It needs <c>services.AddDataProtection()</c>.</summary>
    public AnonymousIdOptions? AnonymousId { get; set; }

    /// <summary>Attributes read from headers: names of headers by names of attributes; empty by default. A header that is sent several times is a list.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Attributes read from route values: names of values by names of attributes; empty by default. They are missing for code that runs before routing.</summary>
    public IDictionary<string, string> RouteValues { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Attributes read from the query: names of parameters by names of attributes; empty by default. A parameter that occurs several times is a list.</summary>
    public IDictionary<string, string> Query { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Attributes read from cookies: names of cookies by names of attributes; empty by default.</summary>
    public IDictionary<string, string> Cookies { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Indicates whether the name of the request's culture, as <c>UseRequestLocalization</c> chose it, is the attribute <c>culture</c>; false by default.</summary>
    public bool Culture { get; set; }

    /// <summary>
    /// Indicates whether the connection's remote address is the attribute <c>clientAddress</c>; false by default. It is private. <c>X-Forwarded-For</c> counts only where the application's
    /// <c>UseForwardedHeaders</c> trusts the proxy and has set the address.
    /// </summary>
    public bool ClientAddress { get; set; }

    /// <summary>The names of attributes that must not leave the process in events and explanations; <c>targetingKey</c> may be one. <c>clientAddress</c> by default.</summary>
    public ISet<string> Private { get; } = new HashSet<string>(StringComparer.Ordinal) { ClientAddressName };

    /// <summary>The length of a text, in characters, above which an attribute or key counts as missing, 16 to 65,536; 1,024 by default.</summary>
    public int MaxValueLength { get; set; } = 1024;

    /// <summary>The number of values of a list above which an attribute counts as missing, 1 to 10,000; 256 by default.</summary>
    public int MaxValues { get; set; } = 256;

    /// <summary>
    /// Indicates whether the end of a request is the outcome of the variants given in it; true by default. An exception or a status of 500 and above is bad. A request that the client
    /// aborted has no outcome, and neither has a connection that was upgraded, or a stream of events.
    /// </summary>
    public bool ReportOutcomes { get; set; } = true;

    /// <summary>Reads an attribute from a header.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="header">The header's name.</param>
    public RequestOptions FromHeader(string attribute, string header) => Declare(AttributeDeclaration.FromHeader(attribute, header));

    /// <summary>Reads an attribute from a route value. It is missing for code that runs before routing.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="value">The name of the route value.</param>
    public RequestOptions FromRoute(string attribute, string value) => Declare(AttributeDeclaration.FromRoute(attribute, value));

    /// <summary>Reads an attribute from the query.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    public RequestOptions FromQuery(string attribute, string parameter) => Declare(AttributeDeclaration.FromQuery(attribute, parameter));

    /// <summary>Reads an attribute from a cookie.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="cookie">The cookie's name.</param>
    public RequestOptions FromCookie(string attribute, string cookie) => Declare(AttributeDeclaration.FromCookie(attribute, cookie));

    /// <summary>Computes an attribute from the request. If the delegate throws, the attribute is missing, with one warning.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="read">Computes the value, without waiting for anything; a null value if there is none. It must keep no reference to the request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="read"/> is null.</exception>
    public RequestOptions Add(string attribute, Func<HttpContext, AttributeValue> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Declare(AttributeDeclaration.Custom(attribute, read));
    }

    /// <summary>Makes the context of another kind, such as <c>organization</c>, from the request. If the delegate throws, the kind is missing, with one warning.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Makes the context, without waiting for anything; null if there is none. It must keep no reference to the request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="read"/> is null.</exception>
    public RequestOptions AddKind(string kind, Func<HttpContext, EvaluationContext?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _kinds.Add(new(kind, read));
        return this;
    }

    /// <summary>Chooses the claims that become attributes; of several calls the last one counts.</summary>
    /// <param name="include">Returns true for a claim that becomes an attribute.</param>
    /// <exception cref="ArgumentNullException"><paramref name="include"/> is null.</exception>
    public RequestOptions IncludeClaims(Func<Claim, bool> include)
    {
        ArgumentNullException.ThrowIfNull(include);
        Included = include;
        return this;
    }

    /// <summary>Chooses the claims that become attributes; null for all.</summary>
    internal Func<Claim, bool>? Included { get; private set; }

    /// <summary>Returns all declared kinds.</summary>
    internal IReadOnlyList<KindDeclaration> KindDeclarations() => _kinds;

    /// <summary>Returns all declared attributes. One that is declared twice in the same way is there once.</summary>
    internal List<AttributeDeclaration> AttributeDeclarations()
    {
        List<AttributeDeclaration> all =
        [
            .. _attributes,
            .. Headers.Select(static pair => AttributeDeclaration.FromHeader(pair.Key, pair.Value)),
            .. RouteValues.Select(static pair => AttributeDeclaration.FromRoute(pair.Key, pair.Value)),
            .. Query.Select(static pair => AttributeDeclaration.FromQuery(pair.Key, pair.Value)),
            .. Cookies.Select(static pair => AttributeDeclaration.FromCookie(pair.Key, pair.Value)),
        ];
        if (Culture)
            all.Add(AttributeDeclaration.Culture);
        if (ClientAddress)
            all.Add(AttributeDeclaration.ClientAddress);
        return [.. all.DistinctBy(static declared => (declared.Attribute, declared.Place, declared.Name, declared.IsCustom ? declared.Read : null))];
    }

    private RequestOptions Declare(AttributeDeclaration declared)
    {
        _attributes.Add(declared);
        return this;
    }
}
