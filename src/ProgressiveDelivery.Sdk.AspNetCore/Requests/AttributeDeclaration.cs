using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>An attribute that the options declare.</summary>
/// <param name="Attribute">Its name.</param>
/// <param name="Place">The place that it is read from, for messages.</param>
/// <param name="Name">Its name there; null where it has none.</param>
/// <param name="Read">Reads it.</param>
internal sealed record AttributeDeclaration(string Attribute, string Place, string? Name, Func<HttpContext, AttributeValue> Read)
{
    private const string Delegate = "a delegate";

    public static AttributeDeclaration Culture { get; } = new(
        RequestOptions.CultureName, "the request's culture", null, static http => http.Features.Get<IRequestCultureFeature>()?.RequestCulture.Culture.Name);

    public static AttributeDeclaration ClientAddress { get; } = new(
        RequestOptions.ClientAddressName, "the client's address", null, static http => http.Connection.RemoteIpAddress is { } address ? TextOf(address) : default(AttributeValue));

    /// <summary>Indicates whether a delegate of the application reads it.</summary>
    public bool IsCustom => Place == Delegate;

    public static AttributeDeclaration FromHeader(string attribute, string name) => new(attribute, "header", name, http => ValueOf(http.Request.Headers[name]));

    public static AttributeDeclaration FromRoute(string attribute, string name) =>
        new(attribute, "route value", name, http => Convert.ToString(http.Request.RouteValues[name], CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : default(AttributeValue));

    public static AttributeDeclaration FromQuery(string attribute, string name) => new(attribute, "query parameter", name, http => ValueOf(http.Request.Query[name]));

    public static AttributeDeclaration FromCookie(string attribute, string name) => new(attribute, "cookie", name, http => http.Request.Cookies[name]);

    public static AttributeDeclaration Custom(string attribute, Func<HttpContext, AttributeValue> read) => new(attribute, Delegate, null, read);

    /// <summary>The place and the name in it, for messages.</summary>
    public override string ToString() => Name is null ? Place : $"{Place} '{Name}'";

    private static AttributeValue ValueOf(StringValues values)
    {
        if (values.Count <= 1)
            return values.Count == 0 ? default(AttributeValue) : values[0];
        var items = new AttributeValue[values.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = values[i];
        return AttributeValue.List(items);
    }

    // The zone of a link-local address is a matter of this machine, and an IPv4 address must match IPv4 ranges on a socket for both.
    private static string TextOf(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes())).ToString();
}
