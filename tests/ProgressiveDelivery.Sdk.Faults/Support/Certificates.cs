using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A certificate authority of one test's own.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<X509Certificate2> _issued = [];

    public Certificates()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    /// <summary>Whoever trusts it trusts what it issues.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>A certificate for a server of that name.</summary>
    public X509Certificate2 Issue(string name, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(Authority, Now.AddDays(-20), Now.AddDays(isExpired ? -10 : 10), RandomNumberGenerator.GetBytes(8));
        var certificate = bare.CopyWithPrivateKey(key);
        _issued.Add(certificate);
        return certificate;
    }

    public void Dispose()
    {
        foreach (var certificate in _issued) certificate.Dispose();
        Authority.Dispose();
        _key.Dispose();
    }
}
