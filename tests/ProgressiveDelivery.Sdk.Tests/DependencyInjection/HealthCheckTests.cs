using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Health;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class HealthCheckTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down.") { HttpStatus = 503 });
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(10);

    private readonly WatchedTime _time = new();
    private readonly ScriptedSource _source = new();
    private readonly TempFolder _folder = new();
    private IHost? _host;

    public void Dispose()
    {
        _host?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ClientWithoutRulesIsUnhealthyAndSaysWhy()
    {
        await StartAsync();
        await PlayAsync(Down);

        var entry = await CheckAsync();

        entry.Status.Should().Be(HealthStatus.Unhealthy);
        entry.Description.Should().Be("There are no rules, and callers get their fallbacks. Down.");
        entry.Data.Should().Contain("state", "NotReady").And.Contain("cause", "Unreachable").And.Contain("httpStatus", 503).And.NotContainKey("ageSeconds");
    }

    [Fact]
    public async Task ConfirmedRulesAreHealthy()
    {
        await StartAsync(Max);
        await PlayAsync(Rules(7));
        _time.Advance(TimeSpan.FromSeconds(12));

        var entry = await CheckAsync();

        entry.Status.Should().Be(HealthStatus.Healthy);
        entry.Description.Should().Be("Version 7 is current; source 'script' confirmed it at 2026-06-01 12:00:00Z.");
        entry.Data.Should().BeEquivalentTo(new Dictionary<string, object>
        {
            ["state"] = "Ready",
            ["since"] = "2026-06-01T12:00:00.0000000+00:00",
            ["version"] = 7L,
            ["origin"] = "Source",
            ["source"] = "script",
            ["ageSeconds"] = 12.0,
            ["maxStalenessSeconds"] = 600.0,
            ["lastConfirmed"] = "2026-06-01T12:00:00.0000000+00:00",
        });
    }

    [Fact]
    public async Task WhatAnOperatorHoldsIsToldAndHealthy()
    {
        await StartAsync(Max);
        await PlayAsync(Rules(7));
        var control = _host!.Services.GetRequiredService<ISnapshotControl>();
        await control.HoldAsync(new("ada", "a test"));
        await control.OverrideAsync("a", "on", new("ada", "a test"));

        var entry = await CheckAsync();

        entry.Status.Should().Be(HealthStatus.Healthy);
        entry.Data.Should().Contain("heldVersion", 7L).And.Contain("overrides", 1);
    }

    [Theory]
    [InlineData(false, HealthStatus.Healthy)]
    [InlineData(true, HealthStatus.Degraded)]
    public async Task TrippedGuardIsToldAndDegradedOnlyOnRequest(bool degrades, HealthStatus expected)
    {
        await StartAsync(Max, check => check.DegradedWhileTripped = degrades);
        await PlayAsync(Rules(7));
        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
        var canary = ((FeatureClient)_host!.Services.GetRequiredService<IFeatureClient>()).Canary;
        canary.Trip(Guarded.Trip());
        canary.Trip(Guarded.Trip("latency"));
        canary.Move(Guarded.Position(5, isPaused: true));

        var entry = await CheckAsync();

        entry.Status.Should().Be(expected);
        entry.Description.Should().EndWith(" Guard 'errors' of flag 'f' has tripped, and 1 more: 37 of 410 outcomes of 'on' were errors, against a limit of 1 %");
        entry.Data.Should().Contain("trippedGuards", 2).And.Contain("pausedRamps", 1);
    }

    [Fact]
    public async Task BlipWithinTheObjectiveIsHealthy()
    {
        await StartAsync(Max);
        await PlayAsync(Rules(1), Down);

        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(10, HealthStatus.Healthy)]
    [InlineData(11, HealthStatus.Degraded)]
    [InlineData(30, HealthStatus.Degraded)]
    [InlineData(31, HealthStatus.Unhealthy)]
    public async Task ObjectiveExceededIsDegradedAndThreeTimesUnhealthy(int minutes, HealthStatus expected)
    {
        await StartAsync(Max);
        await PlayAsync(Rules(1));

        _time.Advance(TimeSpan.FromMinutes(minutes));

        (await CheckAsync()).Status.Should().Be(expected);
    }

    [Theory]
    [InlineData(2, HealthStatus.Healthy)]
    [InlineData(3, HealthStatus.Degraded)]
    [InlineData(5, HealthStatus.Unhealthy)]
    public async Task OwnThresholdsCount(int minutes, HealthStatus expected)
    {
        await StartAsync(max: null, check => (check.DegradedAfter, check.UnhealthyAfter) = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)));
        await PlayAsync(Rules(1));

        _time.Advance(TimeSpan.FromMinutes(minutes));

        (await CheckAsync()).Status.Should().Be(expected);
    }

    [Fact]
    public async Task WithoutObjectiveAnOutageIsDegradedHoweverLongItLasts()
    {
        await StartAsync();
        await PlayAsync(Rules(1), Down);
        _time.Advance(TimeSpan.FromDays(3));

        var entry = await CheckAsync();

        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().StartWith("Version 1 answers, last confirmed by source 'script' at 2026-06-01 12:00:00Z; Stale since 2026-06-01 12:00:00Z.").And.EndWith("Down.");
    }

    [Fact]
    public async Task ExpiredRulesAreDegradedThoughTheSourceConfirmsThem()
    {
        await StartAsync(Max, check => check.DegradedAfter = Max);
        await PlayAsync(Document(ClientUnderTest.Document(1, more: "\"expiresAt\": \"2026-06-01T12:05:00Z\",")));
        _time.Advance(TimeSpan.FromMinutes(6));

        await PlayAsync(Current());

        (await CheckAsync()).Status.Should().Be(HealthStatus.Degraded);
    }

    [Fact]
    public async Task LocalFallbackIsDegradedAndThenUnhealthyUnlessConfirmed()
    {
        await File.WriteAllTextAsync(_folder.File("bundled.json"), ClientUnderTest.Document(3));
        await StartAsync(Max, bundled: _folder.File("bundled.json"));
        await PlayAsync(Down);

        var first = await CheckAsync();
        _time.Advance(Max * 4);
        var later = await CheckAsync();

        first.Status.Should().Be(HealthStatus.Degraded);
        first.Description.Should().StartWith("Version 3 answers, not confirmed by source 'script' since the start; Stale since");
        later.Status.Should().Be(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task DisposedClientIsUnhealthy()
    {
        await StartAsync();
        await PlayAsync(Rules(1));

        await ((IAsyncDisposable)_host!.Services.GetRequiredService<IFeatureClient>()).DisposeAsync();

        (await CheckAsync()).Status.Should().Be(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task NamedClientHasACheckOfItsOwn()
    {
        var services = new ServiceCollection().AddLogging().AddProgressiveDelivery("shop", client => client.From(_ => _source));
        services.AddHealthChecks().AddProgressiveDelivery(check =>
        {
            check.Client = "shop";
            check.Tags.Add("ready");
        });
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries.Should().ContainKey("progressive-delivery:shop").WhoseValue.Tags.Should().Equal("ready");
    }

    [Fact]
    public void ThresholdsThatMakeNoSenseAreAllTold()
    {
        var checks = new ServiceCollection().AddHealthChecks();

        checks.Invoking(c => c.AddProgressiveDelivery(check => (check.DegradedAfter, check.UnhealthyAfter) = (TimeSpan.Zero, TimeSpan.FromSeconds(-1))))
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3).And.OnlyContain(fault => fault.StartsWith("Health check 'progressive-delivery': ", StringComparison.Ordinal));
    }

    private async Task StartAsync(TimeSpan? max = null, Action<FeatureHealthCheckOptions>? check = null, string? bundled = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddHealthChecks().AddProgressiveDelivery(check ?? (static _ => { }));
        builder.Services.AddProgressiveDelivery(client =>
        {
            client.From(_ => _source).Configure(options => (options.MaxStaleness, options.InitializationTimeout) = (max, TimeSpan.Zero));
            if (bundled is not null)
                client.FallBackToFile(bundled);
        });
        _host = builder.Build();
        await _host.StartAsync();
    }

    private async Task PlayAsync(params Turn[] turns)
    {
        foreach (var turn in turns)
            await _time.WithoutPausesAsync(() => _source.PlayAsync(turn), TimeSpan.FromMinutes(1));
    }

    private async Task<HealthReportEntry> CheckAsync() =>
        (await _host!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["progressive-delivery"];

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));
}
