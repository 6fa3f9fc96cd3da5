using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Puts TLS in front of a scripted server.</summary>
internal sealed class TlsFront(ScriptedHttpServer server) : Relay
{
    /// <summary>What it presents to the next client.</summary>
    public required X509Certificate2 Certificate { get; set; }

    /// <summary>Whose certificates it wants clients to have; null: it asks for none.</summary>
    public X509Certificate2? ClientAuthority { get; init; }

    public Uri Address => new($"https://127.0.0.1:{Port}/snapshot");

    protected override Uri Target => server.Address;

    protected override async Task<Stream?> AgreeAsync(Stream client, Stream server, CancellationToken stopping)
    {
        var tls = new SslStream(client);
        await tls.AuthenticateAsServerAsync(
            new()
            {
                ServerCertificate = Certificate,
                ClientCertificateRequired = ClientAuthority is not null,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => ClientAuthority is null || IsOfAuthority(certificate),
            },
            stopping);
        return tls;
    }

    private bool IsOfAuthority(X509Certificate? certificate) =>
        certificate is not null && certificate.Issuer == ClientAuthority!.Subject;
}
