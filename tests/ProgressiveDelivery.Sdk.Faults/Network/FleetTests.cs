using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Network;

/// <summary>N18: what many clients add up to.</summary>
public sealed class FleetTests : FaultScenario
{
    private const int Clients = 1_000;
    private const string SharedHttpClient = "fleet";
    private static readonly TimeSpan InitializationTimeout = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("N18")]
    public async Task N18_ThousandClientsThatStartTogetherDoNotPollTogether()
    {
        using var backend = new Backend(Clock);
        await StartFleetAsync(backend);

        await PassAsync(TimeSpan.FromSeconds(150));

        var bySecond = backend.RequestsBySecond(from: 1, to: 150);
        bySecond.Average().Should().BeInRange(25, 40, "they poll every 30 seconds");
        bySecond.Max().Should().BeLessThanOrEqualTo((int)(3 * bySecond.Average()));
    }

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("N18")]
    public async Task N18_ThousandClientsThatLostTheirBackendTogetherDoNotComeBackTogether()
    {
        using var backend = new Backend(Clock) { IsDown = true };
        await StartFleetAsync(backend);

        await PassAsync(TimeSpan.FromSeconds(240));

        var bySecond = backend.RequestsBySecond(from: 120, to: 240);
        bySecond.Max().Should().BeLessThanOrEqualTo((int)(3 * bySecond.Average()));
    }

    private async Task StartFleetAsync(Backend backend)
    {
        void Reach(ProgressiveDeliveryBuilder flags) => flags.FromHttp(http =>
        {
            http.Address = new("http://flags.example.com/snapshot");
            http.HttpClientName = SharedHttpClient;
        });
        var fleet = Client(Reach, services: services =>
        {
            services.AddHttpClient(SharedHttpClient).ConfigurePrimaryHttpMessageHandler(() => backend).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
            for (var i = 1; i < Clients; i++) services.AddProgressiveDelivery($"client-{i}", Reach);
        });
        var start = fleet.StartHostAsync();
        await SettleAsync();
        Clock.Advance(backend.IsDown ? InitializationTimeout : TimeSpan.Zero);
        await start.WaitAsync(Until.Patience);
        await SettleAsync();
    }

    private async Task PassAsync(TimeSpan time)
    {
        for (var i = 0; i < time.TotalSeconds; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await SettleAsync();
        }
    }

    // Each client is either waiting for the clock, or about to.
    private Task SettleAsync() => Until.HoldsAsync(() => Clock.Pausing == Clients);

    /// <summary>Answers in no time, and counts.</summary>
    private sealed class Backend(TimeProvider clock) : HttpMessageHandler
    {
        private readonly ConcurrentQueue<DateTimeOffset> _requests = new();

        public bool IsDown { get; init; }

        public IReadOnlyList<int> RequestsBySecond(int from, int to)
        {
            var counts = _requests.CountBy(at => (int)(at - FaultClock.First).TotalSeconds).ToDictionary();
            return [.. Enumerable.Range(from, to - from).Select(second => counts.GetValueOrDefault(second))];
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _requests.Enqueue(clock.GetUtcNow());
            return Task.FromResult(IsDown
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Document.Of(1)) });
        }
    }
}
