using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class UsageReportingTests : IAsyncDisposable
{
    private static readonly EvaluationContext Someone = new("ada");
    private static readonly Func<CancellationToken, ValueTask> Fails = static _ => throw new InvalidOperationException("the store is full");

    private readonly TurnTime _clock = new(Some.Monday);
    private readonly NotedReporter _reporter = new();
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task WhatEachFlagServedIsToldWithItsSpan()
    {
        var client = await StartAsync(
            Some.Flag("dark"),
            Some.Flag("new-checkout").Requiring("dark", "off").When(Some.Equal("plan", "pro")) with { Version = 7 },
            Some.Text("color", "red", "blue"),
            Some.Of("nothing", FlagType.String, new VariantDefinition { Name = "off", Value = VariantValue.None, Enabled = false }) with { Default = null });

        client.IsEnabled("new-checkout", Someone);
        client.IsEnabled("new-checkout", Someone);
        client.IsEnabled("new-checkout", new EvaluationContext("eve").With("plan", "pro"));
        client.EvaluateString("color", Someone, "green");
        client.Get(new FeatureFlag<string>("color", "green"), Someone);
        client.GetString("nothing", Someone, "fallback");
        await _clock.TakeTurnsAsync(1);

        var report = _reporter.Reports.Single();
        report.Flags.Should().BeEquivalentTo(
        [
            new FlagUsage("new-checkout", FlagType.Boolean, 7, [new("off", "false", false, 2), new("on", "true", true, 1)]),
            new FlagUsage("color", FlagType.String, null, [new("red", "\"red\"", null, 2)]),
            new FlagUsage("nothing", FlagType.String, null, [new(null, "\"fallback\"", null, 1)]),
        ]);
        (report.From, report.To).Should().Be((Some.Monday, _clock.GetUtcNow()));
    }

    [Fact]
    public async Task WhoOnlyLooksIsNotCounted()
    {
        var client = await StartAsync(Some.Flag("new-checkout") with { ClientVisible = true });

        client.Explain("new-checkout", Someone);
        foreach (var _ in client.GetFrontEndFlags(Someone))
            client.IsEnabled("unknown", Someone);
        client.IsEnabled("unknown", Someone);
        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(1);

        _reporter.Reports.Single().Flags.Should().BeEquivalentTo([new FlagUsage("new-checkout", FlagType.Boolean, null, [new("off", "false", false, 1)])]);
    }

    [Fact]
    public async Task NothingIsToldWhereNothingWasAsked()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));
        await _clock.TakeTurnsAsync(2);
        var before = _clock.GetUtcNow();

        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(1);

        _reporter.IsAnnounced.Should().BeTrue();
        _reporter.Reports.Single().From.Should().Be(before, "a report begins where the last turn ended");
    }

    [Fact]
    public async Task WhatWasToldIsNotToldAgain()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));
        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(2);
        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(1);

        _reporter.Reports.Select(report => report.Flags.Single().Variants.Single().Count).Should().Equal(1, 1);
        _reporter.Reports[1].From.Should().BeAfter(_reporter.Reports[0].To, "a turn lay between them in which nothing was asked");
    }

    [Fact]
    public async Task ReportThatFailsIsToldLaterWithWhatWasCountedMeanwhile()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));
        _reporter.OnReport = Fails;
        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(2);
        _reporter.Calls.Should().Be(3, "the client was announced, and two reports failed");
        client.IsEnabled("new-checkout", Someone);
        client.Status.State.Should().Be(FeatureClientState.Ready);

        _reporter.OnReport = _ => ValueTask.CompletedTask;
        await _clock.TakeTurnsAsync(2);

        _reporter.Reports.Single().Flags.Single().Variants.Should().Equal(new VariantUsage("off", "false", false, 2));
        _reporter.Reports.Single().From.Should().Be(Some.Monday);
        Lines(LogLevel.Warning).Should().Equal("Client default: usage cannot be reported to http://usage.example.com/: InvalidOperationException: the store is full The counts are kept, and reported when it answers; further failures are logged at debug level.");
        Records(LogLevel.Warning).Should().OnlyContain(record => record.Exception == null, "a trace is for who debugs");
        Records(LogLevel.Debug).Should().Contain(record => record.Id.Id == 601 && record.Exception is InvalidOperationException);
        Lines(LogLevel.Information).Should().Equal("Client default: usage is reported to http://usage.example.com/ again.");
    }

    [Fact]
    public async Task NothingIsToldBeforeTheClientIsAnnounced()
    {
        _reporter.OnAnnounce = Fails;
        var client = await StartAsync(Some.Flag("new-checkout"));
        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(1);
        _reporter.Calls.Should().Be(2);

        _reporter.OnAnnounce = _ => ValueTask.CompletedTask;
        await _clock.TakeTurnsAsync(2);

        _reporter.Reports.Should().ContainSingle();
        _reporter.Calls.Should().Be(4);
    }

    [Fact]
    public async Task ReporterThatRefusesIsLeftAloneForTenTurns()
    {
        _reporter.OnAnnounce = _ => throw new SnapshotSourceException("No.") { Kind = FeatureClientFaultKind.AccessDenied };
        await StartAsync(Some.Flag("new-checkout"));

        await _clock.TakeTurnsAsync(10);
        _reporter.Calls.Should().Be(1);
        await _clock.TakeTurnsAsync(1);

        _reporter.Calls.Should().Be(2);
    }

    [Fact]
    public async Task ReporterThatHangsIsGivenUpAndNobodyWaitsForIt()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));
        _reporter.OnReport = _ => new(new TaskCompletionSource().Task);
        client.IsEnabled("new-checkout", Someone);
        await _clock.BeginTurnAsync();
        await Until.HoldsAsync(() => _reporter.Calls == 2);

        client.IsEnabled("new-checkout", Someone);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await _clock.EndTurnAsync();
        _reporter.OnReport = _ => ValueTask.CompletedTask;

        Lines(LogLevel.Warning).Single().Should().Contain("did not answer within 00:00:30");
    }

    [Fact]
    public async Task ClientThatEndsTellsTheRest()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));
        client.IsEnabled("new-checkout", Someone);

        await _services!.DisposeAsync();

        _reporter.Reports.Single().Flags.Single().Variants.Should().Equal(new VariantUsage("off", "false", false, 1));
    }

    [Fact]
    public async Task ReportUnderWayWhenTheClientEndsIsToldOnce()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));
        _reporter.OnReport = token =>
        {
            var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            token.Register(arrived.SetResult);
            return new(arrived.Task);
        };
        client.IsEnabled("new-checkout", Someone);
        await _clock.BeginTurnAsync();
        await Until.HoldsAsync(() => _reporter.Calls == 2);

        await _services!.DisposeAsync();

        _reporter.Calls.Should().Be(2, "it has arrived, although nobody waited for its answer");
    }

    [Fact]
    public async Task RequestThatStillAsksTheRulesBeforeIsCounted()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag("new-checkout")));
        var client = await StartAsync(flags => flags.From(_ => source));
        var request = client.GetSnapshot();
        request.IsEnabled("new-checkout", Someone);
        source.Set(Some.Snapshot(Some.Flag("new-checkout") with { Default = "on" }) with { Version = 2 });
        await Until.HoldsAsync(() => client.Status.SnapshotVersion == 2);

        request.IsEnabled("new-checkout", Someone);
        client.IsEnabled("new-checkout", Someone);
        await _clock.TakeTurnsAsync(1);

        _reporter.Reports.Single().Flags.Single().Variants.Should().BeEquivalentTo([new VariantUsage("off", "false", false, 2), new VariantUsage("on", "true", true, 1)]);
    }

    [Fact]
    public async Task EveryReadOfManyThreadsIsCountedOnce()
    {
        var client = await StartAsync(Some.Flag("new-checkout"));

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 10_000; i++)
                client.IsEnabled("new-checkout", Someone);
        });
        await _clock.TakeTurnsAsync(1);

        _reporter.Reports.Sum(report => report.Flags.Single().Variants.Single().Count).Should().Be(80_000);
    }

    [Fact]
    public async Task CountingAllocatesNothing()
    {
        var client = await StartAsync(Some.Flag("constant"), Some.Flag("ruled").When(Some.Equal("plan", "pro")));

        Allocated.By(() =>
        {
            client.IsEnabled("constant", Someone);
            client.IsEnabled("ruled", Someone);
        }).Should().Be(0);
    }

    [Fact]
    public void IntervalThatIsTooShortIsTold()
    {
        using var services = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot()).Configure(options => options.UsageInterval = TimeSpan.Zero))
            .BuildServiceProvider();

        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>()
            .WithMessage("*UsageInterval*'00:00:00' is out of range; give 00:00:01 to 1.00:00:00.*");
    }

    private Task<IFeatureClient> StartAsync(params FlagDefinition[] flags) => StartAsync(client => client.FromSnapshot(Some.Snapshot(flags)));

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure)
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFakeLogging())
            .AddProgressiveDelivery(flags =>
            {
                configure(flags);
                flags.ReportUsageTo(_ => _reporter);
            })
            .BuildServiceProvider();
        var client = _services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        await _clock.EndTurnAsync();    // the first one, which announces it
        return client;
    }

    private string[] Lines(LogLevel level) => [.. Records(level).Select(line => line.Message)];

    private IEnumerable<Microsoft.Extensions.Logging.Testing.FakeLogRecord> Records(LogLevel level) =>
        _services!.GetFakeLogCollector().GetSnapshot().Where(line => line.Level == level && line.Id.Id is >= 600 and < 610 && line.Category == "ProgressiveDelivery.Sdk.Reporting");
}
