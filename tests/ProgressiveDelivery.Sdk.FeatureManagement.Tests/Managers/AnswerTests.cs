using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.FeatureManagement.Managers;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Managers;

/// <summary>The answers of the managers.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task FlagIsOnOrOff()
    {
        await using var services = Some.Services([Some.Flag("on"), Some.Flag("off", isOn: false)]);

        (await services.Manager().IsEnabledAsync("on")).Should().BeTrue();
        (await services.Manager().IsEnabledAsync("off")).Should().BeFalse();
        (await services.VariantManager().IsEnabledAsync("on", CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task UnknownFlagIsOffAndHasNoVariant()
    {
        await using var services = Some.Services([Some.Flag("on")]);

        (await services.Manager().IsEnabledAsync("missing")).Should().BeFalse();
        (await services.Manager().IsEnabledAsync("")).Should().BeFalse();
        (await services.VariantManager().GetVariantAsync("missing")).Should().BeNull();
    }

    [Fact]
    public async Task UnknownFlagThrowsWhereMicrosoftsOptionSaysSo()
    {
        await using var services = Some.Services([Some.Flag("on")], more => more.Configure<FeatureManagementOptions>(options => options.IgnoreMissingFeatures = false));

        (await services.Manager().Awaiting(manager => manager.IsEnabledAsync("missing")).Should().ThrowAsync<FeatureManagementException>()).Which.Error.Should().Be(FeatureManagementError.MissingFeature);
        await services.VariantManager().Awaiting(manager => manager.GetVariantAsync("missing").AsTask()).Should().ThrowAsync<FeatureManagementException>();
        (await services.Manager().IsEnabledAsync("on")).Should().BeTrue();
    }

    [Fact]
    public async Task NameIsFoundInAnyCaseAndTheExactOneFirst()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag("NewCheckout"), Some.Of("Text", FlagType.String, "x")));
        await using var services = Some.Services(source);
        var manager = services.Manager();

        (await manager.IsEnabledAsync("newcheckout")).Should().BeTrue();
        (await manager.IsEnabledAsync("newcheckout")).Should().BeTrue("a second time, by the known spelling");
        (await services.VariantManager().GetVariantAsync("TEXT")).Name.Should().Be("only");

        source.Set(new SnapshotDefinition { Version = 2, Flags = [Some.Flag("NewCheckout"), Some.Flag("newcheckout", isOn: false)] });
        await Until.HoldsAsync(() => services.GetRequiredService<IFeatureClient>().Status.SnapshotVersion == 2);
        (await manager.IsEnabledAsync("newcheckout")).Should().BeFalse();
        (await manager.IsEnabledAsync("NewCheckout")).Should().BeTrue();
    }

    [Fact]
    public async Task FlagOfAnotherTypeIsOffAndLoggedOnce()
    {
        var logs = new FakeLogCollector();
        await using var services = Some.Services([Some.Of("text", FlagType.String, "true")], more => more.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(logs)));

        for (var i = 0; i < 3; i++)
            (await services.Manager().IsEnabledAsync("text")).Should().BeFalse();

        logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2090).Which.Message.Should().StartWith("Flag text ").And.Contain("GetVariantAsync");
    }

#pragma warning disable PD9001 // Two facets, as backends translate them.
    [Fact]
    public async Task FlagOfTwoFacetsAnswersBoth()
    {
        var flag = new FlagDefinition
        {
            Key = "f",
            Type = FlagType.String,
            Variants = [new() { Name = "big", Value = "50", Enabled = true }, new() { Name = "small", Value = "5", Enabled = false }],
            Default = "big",
            Rules = [new() { When = new AttributeCondition { Attribute = "targetingKey", Operator = AttributeOperator.Equals, Operand = "eve" }, Serve = "small" }],
        };
        await using var services = Some.Services([flag]);
        var manager = services.VariantManager();

        (await manager.IsEnabledAsync("f", Some.User("ada"))).Should().BeTrue();
        (await manager.GetVariantAsync("f", Some.User("ada"))).Configuration.Value.Should().Be("50");
        (await manager.IsEnabledAsync("f", Some.User("eve"))).Should().BeFalse();
        (await manager.GetVariantAsync("f", Some.User("eve"))).Configuration.Value.Should().Be("5");
    }
#pragma warning restore PD9001

    [Fact]
    public async Task NamesAreThoseOfTheSnapshotInOrder()
    {
        await using var services = Some.Services([Some.Flag("z"), Some.Flag("a"), Some.Of("m", FlagType.Integer, 1)]);
        using var scope = services.CreateScope();

        (await ListAsync(services.Manager().GetFeatureNamesAsync())).Should().Equal("z", "a", "m");
        (await ListAsync(scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>().GetFeatureNamesAsync())).Should().Equal("z", "a", "m");
    }

    [Fact]
    public async Task CanceledQuestionsEnd()
    {
        await using var services = Some.Services([Some.Flag("on"), Some.Of("text", FlagType.String, "x")]);
        var (manager, canceled) = (services.VariantManager(), new CancellationToken(canceled: true));

        await manager.Awaiting(asked => asked.IsEnabledAsync("on", canceled).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        await manager.Awaiting(asked => asked.IsEnabledAsync("on", Some.User("ada"), canceled).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        await manager.Awaiting(asked => asked.GetVariantAsync("text", canceled).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        await manager.Awaiting(asked => ListAsync(asked.GetFeatureNamesAsync(canceled))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task MissingArgumentsThrow()
    {
        await using var services = Some.Services([Some.Flag("on")]);
        var (manager, variants) = (services.Manager(), services.VariantManager());

        await manager.Awaiting(asked => asked.IsEnabledAsync(null!)).Should().ThrowAsync<ArgumentNullException>();
        await manager.Awaiting(asked => asked.IsEnabledAsync<string>("on", null!)).Should().ThrowAsync<ArgumentNullException>();
        await variants.Awaiting(asked => asked.GetVariantAsync("").AsTask()).Should().ThrowAsync<ArgumentException>();
        await variants.Awaiting(asked => asked.GetVariantAsync("on", null!, default).AsTask()).Should().ThrowAsync<ArgumentNullException>();
    }

    [Fact]
    public async Task FirstQuestionsWaitForTheFirstRules()
    {
        var source = new LateSource();
        var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.From(_ => source).ServeFeatureManagement());
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        using var scope = provider.CreateScope();

        var live = provider.Manager().IsEnabledAsync("on");
        var frozen = scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>().IsEnabledAsync("on");
        using var impatient = new CancellationTokenSource();
        var canceled = provider.VariantManager().IsEnabledAsync("on", impatient.Token).AsTask();
        await impatient.CancelAsync();

        await FluentActions.Awaiting(() => canceled).Should().ThrowAsync<OperationCanceledException>();
        (live.IsCompleted, frozen.IsCompleted).Should().Be((false, false));
        source.Rules.SetResult(Some.Snapshot(Some.Flag("on")));
        (await live, await frozen).Should().Be((true, true));
    }

    [Fact]
    public async Task RandomNamesDoNotFillTheMemory()
    {
        await using var services = Some.Services([Some.Flag("on")]);
        var flags = services.GetRequiredService<ServedClient>().Flags;
        var rules = services.GetRequiredService<IFeatureClient>().GetSnapshot();

        for (var i = 0; i < 100; i++)
            await services.Manager().IsEnabledAsync($"missing-{i}");
        await services.Manager().IsEnabledAsync("on");

        flags.Of("missing-1", rules).Should().NotBeSameAs(flags.Of("missing-1", rules));
        flags.Of("on", rules).Should().BeSameAs(flags.Of("on", rules));
    }

    private static async Task<List<string>> ListAsync(IAsyncEnumerable<string> names)
    {
        var list = new List<string>();
        await foreach (var name in names)
            list.Add(name);
        return list;
    }

    private sealed class LateSource : ISnapshotSource
    {
        public TaskCompletionSource<SnapshotDefinition> Rules { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "late";

        public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => SnapshotReading.OfDefinition(await Rules.Task.WaitAsync(cancellationToken));

        public ISnapshotFormat Format { get; } = Json.SnapshotJson.Format();

        public void Acknowledge(SnapshotReading reading)
        {
        }

        public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => new(Task.Delay(Timeout.Infinite, cancellationToken));
    }
}
