using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Evaluations as events of the OpenTelemetry semantic conventions.</summary>
public sealed class EvaluationEventTests : IDisposable
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro" };

    private readonly FakeLogCollector _logs = new();
    private readonly FakeTimeProvider _clock = new(Some.Monday);
    private ServiceProvider? _services;

    public void Dispose() => _services?.Dispose();

    [Fact]
    public async Task AnswerIsAnEventWithTheConventionsNames()
    {
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(), Some.Flag("new-checkout").When(Some.Equal("plan", "pro")));

        client.IsEnabled("new-checkout", Ada);

        var record = Events().Single();
        (record.Level, record.Category, record.Id.Id, record.Id.Name).Should().Be((LogLevel.Information, "ProgressiveDelivery.Sdk.Evaluations", 100, "feature_flag.evaluation"));
        Attributes(record).Should().Equal(new Dictionary<string, string?>
        {
            ["feature_flag.key"] = "new-checkout",
            ["feature_flag.provider.name"] = "ProgressiveDelivery.Sdk",
            ["feature_flag.set.id"] = "default",
            ["feature_flag.version"] = "1",
            ["feature_flag.result.variant"] = "on",
            ["feature_flag.result.reason"] = "targeting_match",
        });
    }

    [Fact]
    public async Task ErrorHasItsTypeItsMessageAndTheFallback()
    {
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(), Some.Text("color", "red"), Some.Text("broken", "a").When(Some.Equal("plan", "x"), "undefined"));

        client.GetInteger("color", Ada, 7);
        client.EvaluateString("missing", Ada, "else");
        client.EvaluateString("broken", Ada, "else");

        Events().Select(Attributes).Select(one => (one["feature_flag.key"], one["feature_flag.result.reason"], one["error.type"], one["feature_flag.result.value"], one.ContainsKey("feature_flag.error.message")))
            .Should().Equal(("color", "error", "type_mismatch", "7", true), ("missing", "error", "flag_not_found", "else", true), ("broken", "error", "parse_error", "else", true));
    }

    [Fact]
    public void QuestionBeforeTheStartIsNotReadyAndAfterTheEndFatal()
    {
        var client = Build(flags => flags.From(_ => new SilentSource()).EmitEvaluationEvents());
        client.IsEnabled("f", Ada);
        _services!.Dispose();
        client.IsEnabled("f", Ada);

        Events().Select(record => Attributes(record)["error.type"]).Should().Equal("provider_not_ready", "provider_fatal");
    }

    [Theory]
    [InlineData("constant", "static")]
    [InlineData("default", "default")]
    [InlineData("off", "disabled")]
    [InlineData("split", "split")]
    [InlineData("requiring", "prerequisite_failed")]
    public async Task ReasonIsTheConventions(string key, string reason)
    {
        var client = await StartAsync(
            flags => flags.EmitEvaluationEvents(),
            Some.Flag("constant"),
            Some.Flag("default").When(Some.Equal("plan", "free")),
            Some.Flag("off") with { Enabled = false },
            Some.Flag("split") with { Default = Some.Split(("on", 50), ("off", 50)) },
            Some.Flag("requiring").Requiring("constant", "on").When(null));

        client.IsEnabled(key, Ada);

        Attributes(Events().Single())["feature_flag.result.reason"].Should().Be(reason);
    }

    [Fact]
    public async Task ValueAndContextIdAreLoggedOnlyWhereWanted()
    {
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(events => (events.IncludeValue, events.IncludeContextId) = (true, true)), Some.Text("color", "red"));

        client.GetString("color", Ada, null);
        client.GetString("color", Ada.WithPrivate("targetingKey"), null);
        var stack = new StackContext("eve");
        client.Get(new FeatureFlag<string>("color", ""), in stack);

        Events().Select(Attributes).Select(one => (one["feature_flag.result.value"], one.GetValueOrDefault("feature_flag.context.id")))
            .Should().Equal(("\"red\"", "ada"), ("\"red\"", null), ("\"red\"", "eve"));
    }

    [Fact]
    public async Task OnlyChosenFlagsAreLogged()
    {
        var client = await StartAsync(
            flags => flags.EmitEvaluationEvents(events =>
            {
                events.Flags.Add("color");
                events.Flags.Add("shop-*");
            }), Some.Flag("color"), Some.Flag("shop-cart"), Some.Flag("colors"));

        foreach (var key in new[] { "color", "shop-cart", "shop-none", "colors" })
            client.IsEnabled(key, Ada);

        Events().Select(record => Attributes(record)["feature_flag.key"]).Should().Equal("color", "shop-cart", "shop-none");
    }

    [Fact]
    public async Task SampleIsAShare()
    {
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(events => events.SampleRate = 0.1), Some.Flag());

        for (var i = 0; i < 10_000; i++)
            client.IsEnabled("flag", Ada);

        // Ten standard deviations wide.
        Events().Count.Should().BeInRange(700, 1_300);
    }

    [Fact]
    public async Task EventThatNobodyWantsCostsNothing()
    {
        _logs.Clear();
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(events => events.Flags.Add("other")), Some.Flag());

        Allocated.By(() => client.IsEnabled("flag", Ada)).Should().Be(0);
    }

    [Fact]
    public async Task VariantIsNotedOnTheActivity()
    {
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(events => (events.TagActivity, events.SampleRate) = (true, 1e-9)), Some.Flag("new-checkout"));
        using var activity = new Activity("request").Start();

        client.IsEnabled("new-checkout", Ada);
        client.IsEnabled("missing", Ada);

        activity.Tags.Should().BeEquivalentTo(new Dictionary<string, string?> { ["feature_flag.new-checkout"] = "off" });
    }

    [Fact]
    public async Task ListingsAndExplanationsAreNoEvaluations()
    {
        var client = await StartAsync(flags => flags.EmitEvaluationEvents(), Some.Flag("new-checkout") with { ClientVisible = true });

        client.Explain("new-checkout", Ada);
        client.GetFrontEndFlags(Ada).ToJson();

        Events().Should().BeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("NaN")]
    public void SampleOutOfRangeIsAStartupError(string rate)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Events:SampleRate", rate)]).Build().GetSection("Events");

        FluentActions.Invoking(() => Build(flags => flags.FromSnapshot(Some.Snapshot(Some.Flag())).EmitEvaluationEvents(section)))
            .Should().Throw<OptionsValidationException>().WithMessage($"*SampleRate: '{rate}' is out of range; give more than 0, up to 1.*");
    }

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure, params FlagDefinition[] flags)
    {
        var client = Build(builder => configure(builder.FromSnapshot(Some.Snapshot(flags))));
        await client.WaitUntilReadyAsync();
        return client;
    }

    private IFeatureClient Build(Action<ProgressiveDeliveryBuilder> configure)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)))
            .AddSingleton<TimeProvider>(_clock)
            .AddProgressiveDelivery(configure)
            .BuildServiceProvider();
        return _services.GetRequiredService<IFeatureClient>();
    }

    private List<FakeLogRecord> Events() => [.. _logs.GetSnapshot().Where(record => record.Category!.EndsWith("Evaluations", StringComparison.Ordinal))];

    private static Dictionary<string, string?> Attributes(FakeLogRecord record) => record.StructuredState!.ToDictionary(pair => pair.Key, pair => pair.Value);

    private sealed class SilentSource : ISnapshotSource
    {
        public string Name => "silent";

        public ISnapshotFormat Format => SnapshotJson.Format();

        public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return SnapshotReading.Current;
        }

        public void Acknowledge(SnapshotReading reading)
        {
        }

        public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
