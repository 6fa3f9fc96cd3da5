using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Lifecycle;

/// <summary>Clients come and go, and leave nothing.</summary>
public sealed class RepetitionTests : FaultScenario
{
    private const int Cycles = 1_000;
    private const int WarmUps = 50;
    private const long MaxGrowth = 2 * 1024 * 1024;

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("L8")]
    public async Task L08_ThousandClientsLeaveNothingBehind()
    {
        using var http = new SharedHttpClients();
        Server.Otherwise(Reply.Ok(Document.Of(1)));
        for (var i = 0; i < WarmUps; i++) await LiveAsync(http);
        var (before, heap) = (Footprint.Take(), GC.GetTotalMemory(forceFullCollection: true));

        for (var i = 0; i < Cycles; i++) await LiveAsync(http);

        await Until.HoldsAsync(() => Server.Open == 0);
        var after = Footprint.Take();
        after.IsBackTo(before, clients: 0).Should().BeTrue($"before there were {before}, now there are {after}");
        (GC.GetTotalMemory(forceFullCollection: true) - heap).Should().BeLessThan(MaxGrowth);
    }

    private async Task LiveAsync(IHttpClientFactory http)
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.FromHttp(Server.Address.ToString()).KeepLastKnownGoodIn(Folder.Path))
            .AddSingleton(http)
            .BuildServiceProvider();
        var client = provider.GetRequiredService<IFeatureClient>();
        using var subscription = client.OnChange(_ => { });
        var status = await client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);
        status.State.Should().Be(FeatureClientState.Ready);
        client.IsEnabled("f", Bait.Context).Should().BeTrue();
    }

    // The factory keeps a client's handlers for minutes after its container has ended: not ours, and not what is measured.
    private sealed class SharedHttpClients : IHttpClientFactory, IDisposable
    {
        private readonly SocketsHttpHandler _handler = new();

        public HttpClient CreateClient(string name) => new(_handler, disposeHandler: false);

        public void Dispose() => _handler.Dispose();
    }
}
