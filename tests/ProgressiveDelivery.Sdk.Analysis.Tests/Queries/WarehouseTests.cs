using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries;

/// <summary>Real servers come to the same numbers as files read with DuckDB.</summary>
[Trait("Category", "Long")]
public sealed class WarehouseTests(PostgreSqlServer postgres) : IClassFixture<PostgreSqlServer>
{
    private static string[] Generated => [.. new EventGenerator(seed: 7).Lines(units: 600, outcomes: 5000)];

    [PostgreSqlFact(ReadsSharedEvents = true)]
    public async Task PostgreSqlReadsTheSharedEventsAsDuckDbDoes()
    {
        await using var connection = await postgres.OpenAsync();
        await PostgreSqlLoader.LoadAsync(connection, File.ReadLines(SharedEvents.Lines));

        var data = await new PostgreSqlEvents(connection).ReadAsync(SharedEvents.Plan);

        await ShouldEqualSharedAsync(data);
    }

    [PostgreSqlFact]
    public async Task PostgreSqlReadsAllKindsOfMetricsAsDuckDbDoes()
    {
        await using var connection = await postgres.OpenAsync();
        await PostgreSqlLoader.LoadAsync(connection, Generated);

        var data = await new PostgreSqlEvents(connection).ReadAsync(Plans.Full);

        Figures.ShouldEqual(data, await DuckDbAsync(Generated, Plans.Full));
        Figures.ShouldEqual(data, ReferenceAnalysis.Read(Generated, Plans.Full));
    }

    [PostgreSqlFact]
    public async Task PostgreSqlTakesHostileNamesForWhatTheyAre()
    {
        await using var connection = await postgres.OpenAsync();
        var (lines, plan) = HostileNames.Make(HostileNames.WithoutNul);
        await PostgreSqlLoader.LoadAsync(connection, lines);

        var data = await new PostgreSqlEvents(connection).ReadAsync(plan);

        HostileNames.ShouldBeCounted(data);
    }

    [PostgreSqlFact]
    public async Task NothingStaysBehindInPostgreSql()
    {
        await using var connection = await postgres.OpenAsync();
        await PostgreSqlLoader.LoadAsync(connection, Generated.Take(100));
        var events = new PostgreSqlEvents(connection);

        await events.ReadAsync(Plans.Full);
        var again = await events.ReadAsync(Plans.Full);

        Figures.ShouldEqual(again, ReferenceAnalysis.Read(Generated.Take(100), Plans.Full));
    }

    [ClickHouseFact(ReadsSharedEvents = true)]
    public Task ClickHouseReadsTheSharedEventsAsDuckDbDoes() => ClickHouseReadsTheSharedEvents(shards: 1);

    [ClickHouseFact(ReadsSharedEvents = true)]
    public Task TwoShardsOfClickHouseReadTheSharedEventsAsDuckDbDoes() => ClickHouseReadsTheSharedEvents(shards: 2);

    [ClickHouseFact]
    public Task ClickHouseReadsAllKindsOfMetricsAsDuckDbDoes() => ClickHouseReadsAllKindsOfMetrics(shards: 1);

    [ClickHouseFact]
    public Task TwoShardsOfClickHouseReadAllKindsOfMetricsAsDuckDbDoes() => ClickHouseReadsAllKindsOfMetrics(shards: 2);

    [ClickHouseFact]
    public async Task ClickHouseTakesHostileNamesForWhatTheyAre()
    {
        await using var servers = await ClickHouseServers.StartAsync(shards: 2);
        var (lines, plan) = HostileNames.Make(HostileNames.All);
        await servers.LoadAsync(lines);

        var data = await new ClickHouseEvents(servers.Shards[0]).ReadAsync(plan);

        HostileNames.ShouldBeCounted(data);
        (await servers.PostAsync(0, "SHOW TABLES")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo("events", "local_events");
    }

    [ClickHouseFact]
    public async Task ColumnThatHasAnothersNameIsNotTakenForIt()
    {
        await using var servers = await ClickHouseServers.StartAsync(shards: 1);
        await servers.LoadAsync(Generated.Take(500));
        await servers.PostAsync(0, "CREATE TABLE odd (seq UInt64, type String, unit String, id String, time Nullable(Int64), unit_kind String, flag String, experiment String, variant String, metric String, value Nullable(Float64), attributes Nested(key String, value String)) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY seq");
        await servers.PostAsync(0, "INSERT INTO odd SELECT seq, type, id, unit, time, unit_kind, flag, experiment, variant, metric, value, attributes.key, attributes.value FROM events");

        var data = await new ClickHouseEvents(servers.Shards[0], new() { Name = "odd", Id = "unit", Unit = "id" }).ReadAsync(Plans.Full);

        Figures.ShouldEqual(data, ReferenceAnalysis.Read(Generated.Take(500), Plans.Full));
    }

    [ClickHouseFact]
    public async Task AnAnswerOfClickHouseThatIsAnErrorIsTheException()
    {
        await using var servers = await ClickHouseServers.StartAsync(shards: 1);

        var reading = () => new ClickHouseEvents(servers.Shards[0], new EventTable { Name = "absent" }).ReadAsync(Plans.Simple);

        (await reading.Should().ThrowAsync<HttpRequestException>()).WithMessage("*absent*");
    }

    private static async Task ClickHouseReadsTheSharedEvents(int shards)
    {
        await using var servers = await ClickHouseServers.StartAsync(shards);
        await servers.LoadAsync(File.ReadLines(SharedEvents.Lines));

        await ShouldEqualSharedAsync(await new ClickHouseEvents(servers.Shards[0]).ReadAsync(SharedEvents.Plan));
    }

    private static async Task ClickHouseReadsAllKindsOfMetrics(int shards)
    {
        await using var servers = await ClickHouseServers.StartAsync(shards);
        await servers.LoadAsync(Generated);

        Figures.ShouldEqual(await new ClickHouseEvents(servers.Shards[0]).ReadAsync(Plans.Full), await DuckDbAsync(Generated, Plans.Full));
    }

    // A table has no lines that are no objects.
    private static async Task ShouldEqualSharedAsync(ExperimentData data)
    {
        Figures.ShouldEqual(data, await new DuckDbEvents(SharedEvents.Lines).ReadAsync(SharedEvents.Plan), withLines: false);
        SharedEventsTests.ShouldBePublished(data);
    }

    private static async Task<ExperimentData> DuckDbAsync(string[] lines, ExperimentPlan plan)
    {
        using var folder = new TempFolder();
        return await new DuckDbEvents(folder.Write("events.jsonl", string.Join('\n', lines) + "\n")).ReadAsync(plan);
    }
}
