using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class HostTests
{
    private readonly ScriptedSource _source = new();
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task OtherHostedServicesHaveFlagsAtTheirStart()
    {
        _source.Then(Document(ClientUnderTest.Document(1)));
        using var host = Host(beforeClient: services => services.AddHostedService<Worker>());

        await host.StartAsync();

        host.Services.GetServices<IHostedService>().OfType<Worker>().Single().WasOnAtStart.Should().BeTrue();
        await host.StopAsync();
    }

    [Fact]
    public async Task ChangesArriveWithoutAnyRequest()
    {
        using var host = Host();
        _source.Then(Document(ClientUnderTest.Document(1)));
        await host.StartAsync();
        var seen = new TaskCompletionSource<bool>();
        using var subscription = host.Services.GetRequiredService<IFeatureClient>().OnChange(change =>
        {
            if (change.Current.Version == 2)
                seen.SetResult(change.Current.IsEnabled("f", EvaluationContext.Empty));
        });

        _source.Then(Document(ClientUnderTest.Document(2, on: false)));

        (await seen.Task.WaitAsync(TimeSpan.FromMinutes(2))).Should().BeFalse();
        await host.StopAsync();
    }

    [Fact]
    public async Task StartGoesOnWithoutRulesAfterTheTimeout()
    {
        using var host = Host();

        await _time.WithoutPausesAsync(() => host.StartAsync());

        host.Services.GetRequiredService<IFeatureClient>().Status.State.Should().Be(FeatureClientState.NotReady);
        await host.StopAsync();
    }

    [Fact]
    public async Task FailFastStopsTheStartAndTellsTheCause()
    {
        using var host = Host(client => client.Configure(options => options.FailFast = true));
        _source.Then(Throw(new SnapshotSourceException("No such backend.")));

        var starting = host.StartAsync();
        await Until.HoldsAsync(() => host.Services.GetRequiredService<IFeatureClient>().Status.Cause is not null);
        _time.Advance(TimeSpan.FromSeconds(10));

        (await starting.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>()).WithMessage("Feature client 'default' has no rules after 00:00:10*No such backend.*");
    }

    [Fact]
    public async Task FailFastStopsTheStartAtOnceWhereWaitingIsPointless()
    {
        using var host = Host(client => client.Configure(options => options.FailFast = true));
        _source.Then(Throw(new SnapshotSourceException("The key is wrong.") { Kind = FeatureClientFaultKind.AccessDenied }));

        var starting = host.StartAsync().WaitAsync(TimeSpan.FromMinutes(2));

        (await starting.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>()).WithMessage("Feature client 'default' has no rules, and FailFast is set. The key is wrong.");
    }

    [Fact]
    public async Task StartGoesOnAtOnceWhereWaitingIsPointlessAndReportsIt()
    {
        using var host = Host(beforeClient: services => services.AddLogging(logging => logging.AddFakeLogging()));
        _source.Then(Throw(new SnapshotSourceException("The key is wrong.") { Kind = FeatureClientFaultKind.AccessDenied }));

        await host.StartAsync().WaitAsync(TimeSpan.FromMinutes(2));

        host.Services.GetFakeLogCollector().GetSnapshot().Should().ContainSingle(record => record.Id.Id == 203).Which.Message.Should().Contain("The key is wrong.");
        await host.StopAsync();
    }

    [Fact]
    public async Task FailFastIsContentWithLocalRules()
    {
        using var folder = new Support.TempFolder();
        await File.WriteAllTextAsync(folder.File("flags.json"), ClientUnderTest.Document(1));
        using var host = Host(client => client.FallBackToFile(folder.File("flags.json")).Configure(options => options.FailFast = true));
        _source.Then(Throw(new SnapshotSourceException("Down.")));

        await host.StartAsync();

        host.Services.GetRequiredService<IFeatureClient>().Status.Origin.Should().Be(SnapshotOrigin.Bundled);
        await host.StopAsync();
    }

    [Fact]
    public async Task StartTellsWhatIsWrongWithEveryClientAtOnce()
    {
        using var host = Host(
            client => client.Configure(options => options.MaxQuarantinedShare = 2),
            beforeClient: services => services.AddProgressiveDelivery("b", client => client.FromFile("")));

        var failure = await host.Awaiting(h => h.StartAsync()).Should().ThrowAsync<OptionsValidationException>();

        failure.Which.Failures.Should().HaveCount(2);
    }

    [Fact]
    public async Task ClientThatATestReplacedIsLeftAlone()
    {
        using var host = Host(afterClient: services => services.AddSingleton(System.Reflection.DispatchProxy.Create<IFeatureClient, Unused>()));

        await host.StartAsync();

        _source.Reads.Should().Be(0);
        await host.StopAsync();
    }

    [Fact]
    public async Task HostWithoutStartingPhaseStartsClientsToo()
    {
        _source.Then(Document(ClientUnderTest.Document(1)));
        using var host = Host();

        await host.Services.GetServices<IHostedService>().Single().StartAsync(default);

        host.Services.GetRequiredService<IFeatureClient>().Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task EndOfTheHostEndsTheClient()
    {
        _source.Then(Document(ClientUnderTest.Document(1)));
        var host = Host();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IFeatureClient>();

        await host.StopAsync();
        var stopped = client.IsEnabled("f", EvaluationContext.Empty);
        await ((IAsyncDisposable)host).DisposeAsync();

        stopped.Should().BeTrue();
        client.Status.State.Should().Be(FeatureClientState.Closed);
    }

    private IHost Host(
        Action<ProgressiveDeliveryBuilder>? configure = null,
        Action<IServiceCollection>? beforeClient = null,
        Action<IServiceCollection>? afterClient = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });
        beforeClient?.Invoke(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddProgressiveDelivery(client =>
        {
            client.From(_ => _source);
            configure?.Invoke(client);
        });
        afterClient?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class Worker(IFeatureClient features) : IHostedService
    {
        public bool WasOnAtStart { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            WasOnAtStart = features.IsEnabled("f", EvaluationContext.Empty);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public class Unused : System.Reflection.DispatchProxy
    {
        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
