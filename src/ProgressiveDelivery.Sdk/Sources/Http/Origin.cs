namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The scheme, host and port of an address: the scope of a credential.</summary>
internal static class Origin
{
    private const UriComponents Parts = UriComponents.SchemeAndServer | UriComponents.StrongPort;

    public static bool IsSame(Uri one, Uri other) => Uri.Compare(one, other, Parts, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public static bool LeavesHttps(Uri from, Uri to) => from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp;

    /// <summary>For people, without what may be secret in an address.</summary>
    public static string NameOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
