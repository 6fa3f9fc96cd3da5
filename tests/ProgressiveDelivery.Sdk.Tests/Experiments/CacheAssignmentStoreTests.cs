using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.Tests.Experiments;

public sealed class CacheAssignmentStoreTests
{
    private static readonly AssignmentKey Ada = new("x:y", "ada");

    private readonly Cache _cache = new();

    [Fact]
    public async Task FirstAssignmentStaysAndIsReturnedToTheNext()
    {
        (await AssignAsync(Ada, new(1, "a"), null)).Should().Be(new StoredAssignment(1, "a"));
        (await AssignAsync(Ada, new(1, "b"), null)).Should().Be(new StoredAssignment(1, "a"));
        (await AssignAsync(Ada, new(2, "b:c"), new(1, "a"))).Should().Be(new StoredAssignment(2, "b:c"));

        _cache.Values.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("p:3:x:y:ada", "2:b:c"));
        (await Store.ReadAsync([new("x", "y:ada"), Ada], default)).Should().Equal([null, new StoredAssignment(2, "b:c")]);
    }

    [Fact]
    public async Task ValueThatIsNoAssignmentIsReplaced()
    {
        _cache.Values["p:3:x:y:ada"] = "rubbish";

        (await Store.ReadAsync([Ada], default)).Should().Equal([null]);
        (await AssignAsync(Ada, new(1, "a"), null)).Should().Be(new StoredAssignment(1, "a"));
    }

    [Fact]
    public async Task AssignmentThatTheCacheForgotIsStoredAnew() =>
        (await AssignAsync(Ada, new(2, "b"), new(1, "a"))).Should().Be(new StoredAssignment(2, "b"));

    [Fact]
    public async Task CacheWithoutCompareAndSetIsAnError()
    {
        _cache.Refuses = true;

        await FluentActions.Awaiting(() => AssignAsync(Ada, new(1, "a"), null)).Should().ThrowAsync<IOException>().WithMessage("*atomic*");
    }

    private CacheAssignmentStore Store => new(_cache, "p:");

    private async Task<StoredAssignment> AssignAsync(AssignmentKey key, StoredAssignment assignment, StoredAssignment? replaces) =>
        (await Store.AssignAsync([new(key, assignment, replaces)], default)).Single();

    private sealed class Cache : IAssignmentCache
    {
        public Dictionary<string, string> Values { get; } = [];

        public bool Refuses { get; set; }

        public ValueTask<IReadOnlyList<string?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => new([.. keys.Select(key => Values.GetValueOrDefault(key))]);

        public ValueTask<bool> TrySetAsync(string key, string? expected, string value, CancellationToken cancellationToken)
        {
            var isSet = !Refuses && Values.GetValueOrDefault(key) == expected;
            if (isSet)
                Values[key] = value;
            return new(isSet);
        }
    }
}
