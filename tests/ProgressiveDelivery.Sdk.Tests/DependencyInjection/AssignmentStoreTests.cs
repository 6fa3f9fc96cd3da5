using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>Clients whose assignments are kept in a store.</summary>
public sealed class AssignmentStoreTests : IAsyncDisposable
{
    private static readonly AssignmentKey Old = new("banner-1", "old");

    private readonly PlayedAssignmentStore _store = new();
    private readonly FakeTimeProvider _time = new(Some.Monday);
    private readonly List<ServiceProvider> _clients = [];

    public async ValueTask DisposeAsync()
    {
        _store.Release();
        foreach (var client in _clients)
            await _time.AdvanceUntilDoneAsync(client.DisposeAsync().AsTask(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task ScopeReadsTheAssignmentsOfItsContext()
    {
        _store.Content[Old] = new(1, "b");
        var client = await StartAsync(flags => flags.StoreAssignmentsIn(_store));
        using var scope = client.BeginScope();

        await scope.LoadAssignmentsAsync(new("old"));

        scope.GetString("banner", new("old"), "").Should().Be("B");
        client.GetString("banner", new("new"), "").Should().Be("A");
        await ((FeatureClient)client).FlushAsync();
        _store.Content[new("banner-1", "new")].Should().Be(new StoredAssignment(1, "a"));
    }

    [Fact]
    public async Task ContainerMakesTheStore()
    {
        var client = await StartAsync(flags => flags.StoreAssignmentsIn<OwnStore>());

        client.GetString("banner", new("new"), "").Should().Be("A");
        await ((FeatureClient)client).FlushAsync();

        _clients[0].GetRequiredService<OwnStore>().Stored.Should().Equal(new AssignmentKey("banner-1", "new"));
    }

    [Fact]
    public async Task StoreThatIsDeadAtTheStartCostsStickinessAcrossProcessesAndNothingElse()
    {
        _store.Fault = _ => new IOException("gone");
        var client = await StartAsync(flags => flags.StoreAssignmentsIn(_store));
        using var scope = client.BeginScope();

        await scope.LoadAssignmentsAsync(new("old"));

        scope.GetString("banner", new("old"), "").Should().Be("A");
    }

    [Fact]
    public async Task StoreThatHangsEndsWithTheClientAfterThreeSeconds()
    {
        var client = await StartAsync(flags => flags.StoreAssignmentsIn(_store));
        _store.Hang();
        client.GetString("banner", new("new"), "").Should().Be("A");
        var ending = _clients[0].DisposeAsync().AsTask();

        await _time.AdvanceUntilDoneAsync(ending, TimeSpan.FromSeconds(1));

        _store.Content.Should().BeEmpty();
    }

    [Fact]
    public async Task CancelledReadIsReported()
    {
        var client = await StartAsync(flags => flags.StoreAssignmentsIn(_store));
        using var scope = client.BeginScope();
        using var caller = new CancellationTokenSource();
        _store.Hang();
        var load = scope.LoadAssignmentsAsync(new("old"), caller.Token).AsTask();

        await caller.CancelAsync();

        await load.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task FileKeepsAssignmentsOverARestart()
    {
        using var disk = new PlayedDisk();
        var first = await StartAsync(flags => flags.StoreAssignmentsInFile("assignments.jsonl"), disk: disk);
        first.GetString("banner", new("new"), "").Should().Be("A");
        await ((FeatureClient)first).FlushAsync();
        await _clients[0].DisposeAsync();

        var second = await StartAsync(flags => flags.StoreAssignmentsInFile("assignments.jsonl"), a: 0, b: 100, disk);
        using var scope = second.BeginScope();
        await scope.LoadAssignmentsAsync(new("new"));

        scope.GetString("banner", new("new"), "").Should().Be("A");
        disk.Files.Should().Contain(Path.Combine(AppContext.BaseDirectory, "assignments.jsonl"));
    }

    [Fact]
    public async Task FrozenDiskDelaysNoEvaluationAndAReadByItsLimit()
    {
        using var disk = new PlayedDisk();
        var client = await StartAsync(flags => flags.StoreAssignmentsInFile("assignments.jsonl"), disk: disk);
        disk.Freeze();
        using var scope = client.BeginScope();

        await _time.AdvanceUntilDoneAsync(scope.LoadAssignmentsAsync(new("new")).AsTask(), TimeSpan.FromMilliseconds(100));

        scope.GetString("banner", new("new"), "").Should().Be("A");
        disk.Thaw();
    }

    [Fact]
    public async Task CacheWithCompareAndSetIsAStore()
    {
        var cache = new Cache();
        var client = await StartAsync(flags => flags.StoreAssignmentsInCache(_ => cache, "shop:"));

        client.GetString("banner", new("new"), "").Should().Be("A");
        await ((FeatureClient)client).FlushAsync();

        cache.Values.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("shop:8:banner-1:new", "1:a"));
    }

    [Fact]
    public async Task AssignmentsAreOnTheMeter()
    {
        var client = await StartAsync(flags => flags.StoreAssignmentsIn(_store));
        _store.OtherProcess = proposal => proposal.Assignment with { Variant = "b" };
        client.GetString("banner", new("new"), "");
        await ((FeatureClient)client).FlushAsync();

        Observed("assignments").Should().Contain("result=lost: 1").And.Contain("result=stored: 0");
        Observed("assignments.store_calls").Should().Contain("operation=write result=answered: 1");
    }

    [Fact]
    public void LimitsOutOfRangeAreReportedTogether()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromDocument(Document(100, 0)).ConfigureAssignments(options =>
            (options.Remembered, options.Queued, options.ReadTimeout, options.WriteTimeout) = (1, 1, TimeSpan.Zero, TimeSpan.FromHours(1)))).BuildServiceProvider();
        _clients.Add(services);

        var fault = services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which;

        fault.Failures.Should().HaveCount(4).And.OnlyContain(failure => failure.Contains("AssignmentOptions", StringComparison.Ordinal));
    }

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure, int a = 100, int b = 0, PlayedDisk? disk = null)
    {
        var services = new ServiceCollection().AddMetrics().AddSingleton<TimeProvider>(_time);
        if (disk is not null)
            services.AddSingleton<IFileSystem>(disk);
        var provider = services.AddProgressiveDelivery(flags => configure(flags.FromDocument(Document(a, b)))).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _clients.Add(provider);
        var client = provider.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        return client;
    }

    private static string Document(int a, int b) => $$$"""
        {"schema": "progressive-delivery/1", "version": 1,
         "flags": {"banner": {"type": "string", "variants": {"a": "A", "b": "B"},
          "default": {"experiment": {"key": "banner-1", "split": {"a": {{{a}}}, "b": {{{b}}} }, "sticky": {"version": 1} } } } } }
        """;

    private IEnumerable<string> Observed(string instrument)
    {
        using var collector = new MetricCollector<long>(_clients[0].GetRequiredService<IMeterFactory>(), "ProgressiveDelivery.Sdk", $"progressive_delivery.{instrument}");
        collector.RecordObservableInstruments();
        return [.. collector.GetMeasurementSnapshot().Select(one => $"{string.Join(' ', one.Tags.Where(tag => tag.Key != "client").OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}: {one.Value}")];
    }

    private sealed class OwnStore : IAssignmentStore
    {
        public ConcurrentQueue<AssignmentKey> Stored { get; } = new();

        public ValueTask<IReadOnlyList<StoredAssignment?>> ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken) => new([.. keys.Select(_ => (StoredAssignment?)null)]);

        public ValueTask<IReadOnlyList<StoredAssignment>> AssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken)
        {
            foreach (var proposal in proposals)
                Stored.Enqueue(proposal.Key);
            return new([.. proposals.Select(proposal => proposal.Assignment)]);
        }
    }

    private sealed class Cache : IAssignmentCache
    {
        public ConcurrentDictionary<string, string> Values { get; } = new();

        public ValueTask<IReadOnlyList<string?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => new([.. keys.Select(key => Values.GetValueOrDefault(key))]);

        public ValueTask<bool> TrySetAsync(string key, string? expected, string value, CancellationToken cancellationToken) =>
            new(expected is null ? Values.TryAdd(key, value) : Values.TryUpdate(key, value, expected));
    }
}
