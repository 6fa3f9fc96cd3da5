using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class AssignmentStoreTests
{
    private const string Document = """
        {"schema": "progressive-delivery/1", "version": 1,
         "flags": {"banner": {"type": "string", "variants": {"a": "A", "b": "B"},
          "default": {"experiment": {"key": "banner-1", "split": {"a": 100, "b": 0}, "sticky": {"version": 1}}}}}}
        """;

    [Fact]
    public async Task StoreOfYourOwnIsAskedAndTold()
    {
        var store = new ListStore();
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromSnapshotJson(Document).StoreAssignmentsIn(store))
            .BuildServiceProvider();

        var answer = await AskAsync(provider);

        answer.Should().Be("B");
        store.Stored.Should().Equal("banner-1/new");
    }

    [Fact]
    public async Task ContainerMakesTheStore()
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromSnapshotJson(Document).StoreAssignmentsIn<ListStore>())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var answer = await AskAsync(provider);

        answer.Should().Be("B");
        provider.GetRequiredService<ListStore>().Stored.Should().Equal("banner-1/new");
    }

    [Fact]
    public async Task StoreThatThrowsCostsStickinessAndNothingElse()
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromSnapshotJson(Document).StoreAssignmentsIn(new BrokenStore()))
            .BuildServiceProvider();

        var answer = await AskAsync(provider);

        answer.Should().Be("A");
    }

    private static async Task<string> AskAsync(ServiceProvider provider)
    {
        var client = provider.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        client.GetString("banner", new("new"), "").Should().Be("A");
        return client.GetString("banner", new("old"), "");
    }

    private sealed class BrokenStore : IAssignmentStore
    {
        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment) => throw new IOException("gone");

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment) => throw new IOException("gone");
    }

    private sealed class ListStore : IAssignmentStore
    {
        public List<string> Stored { get; } = [];

        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
        {
            assignment = new(1, "b");
            return unit is "old";
        }

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment) => Stored.Add($"{experiment}/{unit}");
    }
}
