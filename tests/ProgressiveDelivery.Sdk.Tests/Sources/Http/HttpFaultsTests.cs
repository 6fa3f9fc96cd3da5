using System.Net;
using System.Security.Authentication;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

/// <summary>A start waits for faults that may pass, and for no others.</summary>
public sealed class HttpFaultsTests
{
    private readonly HttpFaults _faults = new("https://flags.example.com/snapshot");

    [Theory]
    [InlineData(301, true)]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(405, true)]
    [InlineData(407, true)]
    [InlineData(410, true)]
    [InlineData(451, true)]
    [InlineData(408, false)]
    [InlineData(409, false)]
    [InlineData(423, false)]
    [InlineData(425, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(599, false)]
    public void StatusThatRetriesDoNotMendNeedsAction(int status, bool needsAction)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        _faults.Status(response, DateTimeOffset.UnixEpoch).NeedsAction.Should().Be(needsAction);
    }

    [Theory]
    [InlineData(401, null, "Check the credentials in Authorization or Headers.")]
    [InlineData(401, "Token", "Check the credentials in Token.")]
    [InlineData(403, "SdkKey", "Check the credentials in SdkKey.")]
    [InlineData(404, null, "Check the address.")]
    [InlineData(404, "SdkKey", "Check Address, and SdkKey, which the backend may answer so too.")]
    public void AdviceNamesOptionsThatTheSourceHas(int status, string? credentials, string advice)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        new HttpFaults("s", credentials: credentials).Status(response, DateTimeOffset.UnixEpoch).Message.Should().EndWith(advice);
    }

    [Fact]
    public void CertificateThatIsNotTrustedNeedsAction() =>
        _faults.Network(new HttpRequestException("TLS", new AuthenticationException("The certificate is not trusted."))).NeedsAction.Should().BeTrue();

    [Fact]
    public void NetworkThatFailsMayRecover()
    {
        _faults.Network(new HttpRequestException("Connection refused")).NeedsAction.Should().BeFalse();
        _faults.Timeout("answer", TimeSpan.FromSeconds(1), new OperationCanceledException()).NeedsAction.Should().BeFalse();
        _faults.CutOff().NeedsAction.Should().BeFalse();
        _faults.Ended(null).NeedsAction.Should().BeFalse();
    }

    [Fact]
    public void ContentThatIsNoSnapshotNeedsAction()
    {
        _faults.NotASnapshot("a page", "Look.").NeedsAction.Should().BeTrue();
        _faults.Unacceptable("too much", "Look.").NeedsAction.Should().BeTrue();
    }
}
