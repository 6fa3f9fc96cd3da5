using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Sources that say nothing, under a client that declared how stale its rules may become.</summary>
public sealed class LongestWaitTests
{
    [Fact]
    public async Task SourceThatForgetsToSignalIsReadAgainInTime()
    {
        await using var test = new ClientUnderTest(client => client.Configure(options => options.MaxStaleness = TimeSpan.FromMinutes(2)));
        test.Source.Waiting = async token => await Task.Delay(Timeout.Infinite, token);
        test.Source.Then(ScriptedSource.Document(ClientUnderTest.Document(1)));
        test.Source.Then(ScriptedSource.Document(ClientUnderTest.Document(2, on: false)));

        await test.Time.WithoutPausesAsync(() => Until.HoldsAsync(() => test.Start().Status.SnapshotVersion == 2), TimeSpan.FromMinutes(1));

        test.Status.State.Should().Be(FeatureClientState.Ready);
        test.Source.Reads.Should().BeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task RulesInMemoryStayConfirmedThoughTheyNeverChange()
    {
        var memory = new InMemorySnapshotSource(ClientUnderTest.Document(1));
        await using var test = new ClientUnderTest(client => client.Configure(options => options.MaxStaleness = TimeSpan.FromMinutes(2)), memory);
        var start = test.Time.GetUtcNow();

        // The loop began with the client, which had its rules: it may wait already.
        await test.Time.WithoutPausesAsync(() => Until.HoldsAsync(() => test.Status.LastConfirmed >= start + TimeSpan.FromMinutes(5)), TimeSpan.FromMinutes(1), limitsToo: true);

        test.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task WithoutADeclarationNobodyIsAskedAgain()
    {
        await using var test = new ClientUnderTest(source: new InMemorySnapshotSource(ClientUnderTest.Document(1)));
        await test.Client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        var start = test.Status.LastConfirmed;

        test.Time.Advance(TimeSpan.FromDays(1));

        test.Status.LastConfirmed.Should().Be(start);
    }
}
