using System.Text;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Signing;

public sealed class SignedEnvelopeTests
{
    [Theory]
    [InlineData("""{"version": 1}""")]
    [InlineData("")]
    [InlineData("{\"a\": \"é \\\"quoted\\\" \\u00e9 \ud83d\ude00\",\n\t\"b\": 1}")]
    public void SignedTextComesOutAsItWasSigned(string text)
    {
        using var signer = new Signer();

        var (bytes, signature) = Open(signer.Envelope(text));

        Encoding.UTF8.GetString(bytes.Span).Should().Be(text);
        signature!.ToString()[..11].Should().Be("key=2026-a,");
        new TrustedKeys(new SignatureOptions().Add("2026-a", signer.PublicPem)).FaultOf(new(bytes, signature)).Should().BeNull();
    }

    [Fact]
    public void OrderOfMembersDoesNotMatter()
    {
        var (bytes, signature) = Open("""{"data": "{}", "sig": "AAAA", "key": "k"}""");

        (bytes.Length, signature!.KeyId).Should().Be((2, "k"));
    }

    [Theory]
    [InlineData("""{"data": "{}", "sig": "AAAA", "key": "a b"}""")]
    [InlineData("""{"data": "{}", "sig": "!", "key": "k"}""")]
    public void EnvelopeWithAnUnreadableSignatureIsUnsigned(string sent)
    {
        var (bytes, signature) = Open(sent);

        (bytes.Length, signature).Should().Be((2, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"version": 1, "flag": "f", "variant": "off"}""")]
    [InlineData("""{"key": "k", "sig": "AAAA"}""")]
    [InlineData("""{"key": "k", "data": "{}"}""")]
    [InlineData("""{"key": "k", "sig": "AAAA", "data": {}}""")]
    [InlineData("""{"key": 1, "sig": "AAAA", "data": "{}"}""")]
    [InlineData("""{"key": "k", "sig": "AAAA", "data": "{}", "more": 1}""")]
    [InlineData("""{"key": "k", "sig": "AAAA", "data": "{}"} x""")]
    [InlineData("""{"key": "k", "sig": "AAAA", "data": "\ud800"}""")]
    public void OtherFormsAreTheTextItself(string sent)
    {
        var (bytes, signature) = Open(sent);

        Encoding.UTF8.GetString(bytes.Span).Should().Be(sent);
        signature.Should().BeNull();
    }

    private static SignedText Open(string sent) => SignedEnvelope.Open(Encoding.UTF8.GetBytes(sent));
}
