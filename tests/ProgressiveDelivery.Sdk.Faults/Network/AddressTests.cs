using System.Net;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N13: addresses with prefixes, slashes and redirects mean the same to polls and streams.</summary>
public sealed class AddressTests : FaultScenario
{
    [Theory]
    [Scenario("N13")]
    [InlineData("301 Moved Permanently", false)]
    [InlineData("302 Found", true)]
    [InlineData("307 Temporary Redirect", false)]
    [InlineData("308 Permanent Redirect", true)]
    public async Task N13_RedirectToAnotherOriginIsFollowedWithoutCredentials(string status, bool isStream)
    {
        using var other = new ScriptedHttpServer();
        Server.Then(Reply.Status(status, $"Location: {new Uri(other.Address, "/elsewhere/snapshot")}", "Set-Cookie: session=1; Path=/"));
        other.Then(Snapshot(isStream));
        var subject = Begin(isStream, Server.Address);

        await subject.VersionAsync(1);

        var (first, second) = (await Server.RequestAsync(), await other.RequestAsync());
        first["Authorization"].Should().Be(Bait.Authorization);
        second.Target.Should().Be("/elsewhere/snapshot");
        second["Authorization"].Should().BeNull("the address that a redirect leads to may be anybody's");
        second["Cookie"].Should().BeNull("a cookie goes to every port of a host");
        second["Accept"].Should().Be(first["Accept"]);
    }

    [Theory]
    [Scenario("N13")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task N13_RedirectWithinTheOriginIsFollowedAsItWasAsked(bool isStream)
    {
        Server.Then(Reply.Status("302 Found", "Location: /elsewhere/snapshot")).Then(Snapshot(isStream));
        var subject = Begin(isStream, Server.Address);

        await subject.VersionAsync(1);

        await Server.RequestAsync();
        var second = await Server.RequestAsync();
        second.Target.Should().Be("/elsewhere/snapshot");
        second["Authorization"].Should().Be(Bait.Authorization, "it is the same server");
    }

    [Theory]
    [Scenario("N13")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task N13_RedirectInCirclesIsAFaultThatSaysSoAndHeals(bool isStream)
    {
        Server.Otherwise(Reply.Status("302 Found", "Location: /snapshot"));
        var subject = Begin(isStream, Server.Address);

        await Clock.SkipPausesUntilAsync(() => subject.Status.Cause is not null);
        var fault = subject.Status.Cause!;
        Server.Otherwise(Snapshot(isStream));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        fault.HttpStatus.Should().Be(302);
        fault.Message.Should().Contain("redirect");
    }

    [Theory]
    [Scenario("N13")]
    [InlineData("/snapshot", "/snapshot")]
    [InlineData("/prefix/v1/snapshot", "/prefix/v1/snapshot")]
    [InlineData("/prefix/", "/prefix/")]
    [InlineData("//double//slash", "//double//slash")]
    [InlineData("", "/")]
    [InlineData("/?environment=a%20b", "/?environment=a%20b")]
    public async Task N13_PathIsAskedForAsItWasGivenByPollsAndStreamsAlike(string path, string target)
    {
        var address = new Uri(Server.Address.GetLeftPart(UriPartial.Authority) + path);
        Server.Then(Snapshot(isStream: false)).Then(Snapshot(isStream: true));

        await Begin(isStream: false, address).VersionAsync(1);
        await Begin(isStream: true, address).VersionAsync(1);

        (await Server.RequestAsync()).Target.Should().Be(target);
        (await Server.RequestAsync()).Target.Should().Be(target);
    }

    [Theory]
    [Scenario("N13")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task N13_HostMayBeAnAddressOfVersion6(bool isStream)
    {
        using var server = new ScriptedHttpServer(IPAddress.IPv6Loopback);
        server.Then(Snapshot(isStream));

        await Begin(isStream, server.Address).VersionAsync(1);

        (await server.RequestAsync())["Host"].Should().StartWith("[::1]:");
    }

    private static ScriptedReply Snapshot(bool isStream) =>
        isStream ? new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Reply() : Reply.Ok(Document.Of(1));

    private Subject Begin(bool isStream, Uri address) =>
        isStream ? Follow(stream => stream.Address = address) : Poll(http => http.Address = address);
}
