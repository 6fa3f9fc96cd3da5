using System.Net;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The handler next to the network, as far as it is one of the framework's.</summary>
internal sealed class PrimaryHandler(HttpMessageHandler handler)
{
    private readonly HttpMessageHandler _handler = InnermostOf(handler);

    /// <summary>Indicates whether it gives a certificate or credentials to any server that requests them. A cache of credentials is limited to its servers.</summary>
    public bool HasCredentials => _handler switch
    {
        SocketsHttpHandler sockets => sockets.SslOptions is { ClientCertificates.Count: > 0 } or { ClientCertificateContext: not null } or { LocalCertificateSelectionCallback: not null }
            || sockets.Credentials is not (null or CredentialCache),
        HttpClientHandler client => client.ClientCertificateOptions == ClientCertificateOption.Automatic || client.ClientCertificates.Count > 0
            || client.UseDefaultCredentials || client.Credentials is not (null or CredentialCache),
        _ => false,
    };

    /// <summary>
    /// Stops it from following redirects, and from keeping cookies, which would go to every port of a host. A handler that has sent requests cannot
    /// be changed: it was changed when it came here for the first time.
    /// </summary>
    public void StopFollowing()
    {
        try
        {
            if (_handler is SocketsHttpHandler sockets)
                (sockets.AllowAutoRedirect, sockets.UseCookies) = (false, false);
            else if (_handler is HttpClientHandler client)
                (client.AllowAutoRedirect, client.UseCookies) = (false, false);
        }
        catch (InvalidOperationException)
        {
            // See above.
        }
    }

    private static HttpMessageHandler InnermostOf(HttpMessageHandler handler) =>
        handler is DelegatingHandler { InnerHandler: { } inner } ? InnermostOf(inner) : handler;
}
