using System.Security.Cryptography;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Signing;

public sealed class SignatureOptionsValidatorTests : IDisposable
{
    private readonly Signer _signer = new();
    private readonly SignatureOptions _options = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void PemAndBase64AreBothKeys()
    {
        _options.Add("pem", _signer.PublicPem).Add("base64", _signer.PublicBase64).Add("words", $"The key of 2026:\n{_signer.PublicPem}\n");

        Faults().Should().BeEmpty();
    }

    [Fact]
    public void NoKeyIsAMistake() => Faults().Should().ContainSingle().Which.Should().Contain("is empty");

    [Fact]
    public void SameIdTwiceIsAMistake()
    {
        _options.Add("a", _signer.PublicPem).Add("a", _signer.PublicBase64);

        Faults().Should().ContainSingle().Which.Should().Contain("key 'a' is given twice");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    public void IdThatNoHeaderCanHoldIsAMistake(string id)
    {
        _options.Keys[id] = _signer.PublicPem;

        Faults().Should().ContainSingle().Which.Should().Contain($"'{id}' is no id");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("no base64!", "is neither PEM nor base64")]
    [InlineData("AAAA", "is no such key")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "is no public key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "is no such key")]
    public void TextThatIsNoKeyIsAMistake(string text, string fault)
    {
        _options.Keys["a"] = text;

        Faults().Should().ContainSingle().Which.Should().Contain($"key 'a' {fault}").And.Contain("Give a public key on curve P-256");
    }

    [Fact]
    public void PrivateKeyIsAMistakeAndIsNotShown()
    {
        _options.Add("a", _signer.PrivatePem);

        var fault = Faults().Should().ContainSingle().Which;

        fault.Should().Contain("is a private key, which does not belong here");
        fault.Should().NotContain(_signer.PrivatePem[40..60]);
    }

    [Fact]
    public void OtherCurvesAreMistakes()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        _options.Add("p384", p384.ExportSubjectPublicKeyInfoPem()).Add("brainpool", brainpool.ExportSubjectPublicKeyInfoPem());

        Faults().Should().HaveCount(2).And.OnlyContain(fault => fault.Contains("is on another curve"));
    }

    [Fact]
    public void RsaKeyIsAMistake()
    {
        using var rsa = RSA.Create(2048);
        _options.Add("rsa", rsa.ExportSubjectPublicKeyInfoPem());

        Faults().Should().ContainSingle().Which.Should().Contain("is no such key");
    }

    private IEnumerable<string> Faults() => new SignatureOptionsValidator().Validate(null, _options).Failures ?? [];
}
