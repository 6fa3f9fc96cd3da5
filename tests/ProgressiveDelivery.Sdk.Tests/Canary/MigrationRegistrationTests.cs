using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Canary;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class MigrationRegistrationTests
{
    private const string Document = """
        {"schema":"progressive-delivery/1","version":1,"flags":{
        "customers":{"type":"string","variants":{"old":"off","new":"complete"},"default":"old","rules":[{"when":{"attribute":"beta","in":[true]},"serve":"new"}]},
        "orders":{"type":"boolean","variants":{"on":true},"default":"on"} } }
        """;

    [Fact]
    public async Task MigrationIsInjectedByItsNameAndFollowsTheFlagOfItsClient()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton("stored")
            .AddProgressiveDelivery("shop", client => client.FromDocument(Document).AddMigration<int, string>("customers", (options, services) =>
            {
                options.ReadOld = (key, _) => new($"old {key} {services.GetRequiredService<string>()}");
                options.ReadNew = (key, _) => new($"new {key} {services.GetRequiredService<string>()}");
            }))
            .BuildServiceProvider();
        var migration = provider.GetRequiredKeyedService<Migration<int, string>>("customers");

        (await migration.ReadAsync(1, new("ada"))).Should().Be("old 1 stored");
        (await migration.ReadAsync(1, new("ada") { ["beta"] = true })).Should().Be("new 1 stored");
        (migration.Name, migration.Flag).Should().Be(("customers", "customers"));
        provider.GetRequiredKeyedService<Migration<int, string>>("customers").Should().BeSameAs(migration);
    }

    [Fact]
    public async Task SeveralMigrationsShareAFlag()
    {
        await using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document)
            .AddMigration<int, string>("by-id", (options, _) => (options.Flag, options.ReadOld, options.ReadNew) = ("customers", (_, _) => new("old"), (_, _) => new("new")))
            .AddMigration<string, int>("by-name", (options, _) => (options.Flag, options.ReadOld, options.ReadNew) = ("customers", (_, _) => new(1), (_, _) => new(2)))).BuildServiceProvider();
        var beta = new EvaluationContext("ada") { ["beta"] = true };

        (await provider.GetRequiredKeyedService<Migration<int, string>>("by-id").ReadAsync(1, beta)).Should().Be("new");
        (await provider.GetRequiredKeyedService<Migration<string, int>>("by-name").ReadAsync("x", beta)).Should().Be(2);
    }

    [Fact]
    public async Task FlagOfAnotherTypeGivesTheSafeStage()
    {
        await using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document)
            .AddMigration<int, string>("orders", (options, _) => (options.SafeStage, options.ReadOld, options.ReadNew) = (MigrationStage.Complete, (_, _) => new("old"), (_, _) => new("new")))).BuildServiceProvider();

        (await provider.GetRequiredKeyedService<Migration<int, string>>("orders").ReadAsync(1, new("ada"))).Should().Be("new");
    }

    [Fact]
    public async Task ScopeRemembersTheStageThatItGave()
    {
        await using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document)
            .AddMigration<int, string>("customers", (options, _) => (options.ReadOld, options.ReadNew) = ((_, _) => new("old"), (_, _) => new("new")))).BuildServiceProvider();
        using var scope = provider.GetRequiredService<IFeatureClient>().BeginScope();

        await provider.GetRequiredKeyedService<Migration<int, string>>("customers").ReadAsync(1, new("ada"), scope);

        scope.Given.Should().ContainSingle().Which.Variant.Should().Be("old");
    }

    [Fact]
    public void NameIsRegisteredOnce()
    {
        var twice = () => new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document)
            .AddMigration<int, string>("customers", (_, _) => { }).AddMigration<int, string>("customers", (_, _) => { }));

        twice.Should().Throw<InvalidOperationException>().WithMessage("Migration 'customers' was registered before.*");
    }

    [Fact]
    public void AllErrorsAreReportedTogether()
    {
        using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document).AddMigration<int, string>("customers", (options, _) =>
        {
            (options.Flag, options.SafeStage, options.ReadOrder) = ("", (MigrationStage)9, (MigrationReadOrder)9);
            (options.ReadOld, options.WriteNew) = ((_, _) => new(""), (_, _, _) => default);
            (options.CheckRatio, options.MaxConcurrentChecks, options.OtherTimeout, options.KeptMismatches) = (double.NaN, 0, TimeSpan.Zero, -1);
        })).BuildServiceProvider();

        var resolve = () => provider.GetRequiredKeyedService<Migration<int, string>>("customers");

        var failures = resolve.Should().Throw<OptionsValidationException>().Which.Message;
        failures.Should().ContainAll("Flag", "SafeStage", "ReadOrder", "ReadNew", "WriteNew", "CheckRatio", "MaxConcurrentChecks", "OtherTimeout", "KeptMismatches", "Migration 'customers'");
    }

    [Fact]
    public void FallbackNeedsAReadToFallBackTo()
    {
        using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document)
            .AddMigration<int, string>("customers", (options, _) => options.FallBackToOld = true)).BuildServiceProvider();

        var resolve = () => provider.GetRequiredKeyedService<Migration<int, string>>("customers");

        resolve.Should().Throw<OptionsValidationException>().WithMessage("*FallBackToOld*");
    }

    [Fact]
    public async Task HostDoesNotStartWithInvalidOptions()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddProgressiveDelivery(client => client.FromDocument(Document).AddMigration<int, string>("customers", (options, _) => options.CheckRatio = 2));
        using var host = builder.Build();

        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>().WithMessage("*CheckRatio*");
    }

    [Fact]
    public async Task ContainerDisposesItsMigrations()
    {
        var reached = new TaskCompletionSource<CancellationToken>();
        var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(Document)
            .AddMigration<int, string>("orders", (options, _) =>
            {
                options.SafeStage = MigrationStage.Shadow;
                options.ReadOld = (_, _) => new("old");
                options.ReadNew = async (_, token) =>
                {
                    reached.SetResult(token);
                    await Task.Delay(Timeout.Infinite, token);
                    return "new";
                };
            })).BuildServiceProvider();

        var read = await provider.GetRequiredKeyedService<Migration<int, string>>("orders").ReadWithDetailsAsync(1, new("ada"));
        var token = await reached.Task.WaitAsync(Refresh.Until.Patience);
        await provider.DisposeAsync().AsTask().WaitAsync(Refresh.Until.Patience);

        (await MigrationUnderTest.CheckOf(read)).Result.Should().Be(MigrationCheckResult.Skipped);
        await Refresh.Until.HoldsAsync(() => token.IsCancellationRequested);
    }
}
