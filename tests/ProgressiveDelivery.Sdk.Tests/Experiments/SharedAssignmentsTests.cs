using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Experiments;

/// <summary>Processes that share assignments through one store.</summary>
public sealed class SharedAssignmentsTests : IAsyncDisposable
{
    private static readonly AssignmentKey Ada = new("x", "ada");

    private readonly PlayedAssignmentStore _store = new();
    private readonly FakeTimeProvider _time = new(Some.Monday);
    private readonly FakeLogCollector _logs = new();
    private readonly List<SharedAssignments> _processes = [];

    public async ValueTask DisposeAsync()
    {
        _store.Release();
        foreach (var process in _processes)
            await _time.AdvanceUntilDoneAsync(process.StopAsync(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task LoserOfARaceServesTheWinnersVariantFromThenOn()
    {
        var (first, second) = (Process(), Process());
        Ask(first, Rules("a")).Should().Be("a");
        await first.FlushAsync();
        Ask(second, Rules("b")).Should().Be("b", "it cannot know yet");
        await second.FlushAsync();

        Ask(second, Rules("b")).Should().Be("a");
        Ask(first, Rules("a")).Should().Be("a");
        (Count(first, AssignmentResult.Stored), Count(first, AssignmentResult.Lost)).Should().Be((1, 0));
        (Count(second, AssignmentResult.Stored), Count(second, AssignmentResult.Lost)).Should().Be((0, 1));
        _store.Content[Ada].Should().Be(new StoredAssignment(1, "a"));
    }

    [Fact]
    public async Task AssignmentThatWasReadIsServedFromTheFirstEvaluation()
    {
        _store.Content[Ada] = new(1, "a");
        var process = Process();

        await LoadAsync(process, Rules("b"));

        Ask(process, Rules("b")).Should().Be("a");
        await process.FlushAsync();
        _store.Writes.Should().Be(0);
    }

    [Fact]
    public async Task AllAssignmentsOfAContextAreReadInOneCallAndKnownOnesNotAgain()
    {
        var process = Process();
        FlagDefinition Flag(string key) => Some.Text(key, "a", "b") with { Default = Some.Experiment(key, ("a", 1), ("b", 1)) with { Sticky = new() { Version = 1 } } };
        var rules = Some.Snapshot(Flag("one"), Flag("two"), Flag("two") with { Key = "again" }, Some.Flag("plain")).Open(Some.Services(assignments: process));
        _store.Content[new("one", "ada")] = new(1, "b");

        await process.LoadAsync(rules.Rules, new("ada"), Some.Services().Evaluation, default);
        await process.LoadAsync(rules.Rules, new("ada"), Some.Services().Evaluation, default);
        await process.LoadAsync(rules.Rules, EvaluationContext.Empty, Some.Services().Evaluation, default);

        _store.Reads.Should().HaveCount(2);
        _store.Reads.First().Should().BeEquivalentTo([new AssignmentKey("one", "ada"), new("two", "ada")]);
        _store.Reads.Last().Should().Equal(new AssignmentKey("two", "ada"));
    }

    [Fact]
    public async Task StoreThatHangsDelaysAReadByItsLimitAndItsLateAnswerIsUsed()
    {
        _store.Content[Ada] = new(1, "a");
        var process = Process();
        _store.Hang();
        var load = LoadAsync(process, Rules("b"));
        load.IsCompleted.Should().BeFalse();
        await Until.HoldsAsync(() => _store.Reads.Count == 1);      // it is called on the pool
        await _time.AdvanceUntilDoneAsync(load, TimeSpan.FromMilliseconds(100));

        await LoadAsync(process, Rules("b")).WaitAsync(Until.Patience);      // at once, though the clock stands
        _store.Reads.Should().ContainSingle();
        (process.Counts.Of(isWrite: false, StoreCallResult.Late), process.Counts.Of(isWrite: false, StoreCallResult.Skipped)).Should().Be((1, 1));
        _store.Release();
        await Until.HoldsAsync(() => process.TryGet("x", "ada", out _));

        Ask(process, Rules("b")).Should().Be("a");
    }

    [Fact]
    public async Task DeadStoreLeavesHashedAssignmentsAndGetsThemWhenItRecovers()
    {
        _store.Fault = _ => new IOException("gone");
        var process = Process();
        await LoadAsync(process, Rules("a"));
        Ask(process, Rules("a")).Should().Be("a");
        Ask(process, Rules("b")).Should().Be("a", "the process remembers it");
        await Until.HoldsAsync(() => process.Counts.Of(isWrite: true, StoreCallResult.Failed) > 0);

        _store.Fault = _ => null;
        await _time.AdvanceUntilDoneAsync(process.FlushAsync(), TimeSpan.FromMilliseconds(100));
        await _time.AdvanceUntilDoneAsync(Until.HoldsAsync(() => process.Queued == 0 && Lines().Any(line => line.Id == 106)), TimeSpan.FromSeconds(1));

        _store.Content[Ada].Should().Be(new StoredAssignment(1, "a"));
        Lines().Should().Equal((102, LogLevel.Warning), (102, LogLevel.Warning), (106, LogLevel.Information));
        _logs.GetSnapshot().Should().NotContain(line => line.Message.Contains("ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FurtherFailuresOfAnOutageAreNoWarnings()
    {
        _store.Fault = _ => new IOException("gone");
        var process = Process();
        Ask(process, Rules("a"));

        await _time.AdvanceUntilDoneAsync(Until.HoldsAsync(() => process.Counts.Of(isWrite: true, StoreCallResult.Failed) > 3), TimeSpan.FromSeconds(10));

        Lines().Should().ContainSingle(line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task AssignmentWithoutRoomInTheQueueIsCountedAndOfferedAgain()
    {
        var process = Process(new() { Queued = 2 });
        _store.Hang();
        foreach (var unit in new[] { "ada", "bob", "cy", "dee" })
            Ask(process, Rules("a"), unit);
        Count(process, AssignmentResult.Dropped).Should().Be(2);
        _store.Release();
        await process.FlushAsync();
        _store.Content.Should().HaveCount(2);

        Ask(process, Rules("b"), "dee").Should().Be("a");
        await process.FlushAsync();

        _store.Content.Keys.Select(key => key.Unit).Should().BeEquivalentTo("ada", "bob", "dee");
        Lines().Should().ContainSingle(line => line.Id == 107);
    }

    [Fact]
    public async Task RaisedVersionReplacesTheStoredAssignmentAndOlderRulesDoNotTakeItBack()
    {
        _store.Content[Ada] = new(1, "a");
        var (newer, older) = (Process(), Process());

        await LoadAsync(newer, Rules("b", version: 2));
        Ask(newer, Rules("b", version: 2)).Should().Be("b");
        await newer.FlushAsync();
        await LoadAsync(older, Rules("a"));
        Ask(older, Rules("a")).Should().Be("a");
        await older.FlushAsync();

        _store.Content[Ada].Should().Be(new StoredAssignment(2, "b"));
        Count(newer, AssignmentResult.Stored).Should().Be(1);
    }

    [Fact]
    public async Task UnitAssignedBelowTheMinimumVersionIsKeptOutAsSoonAsThatIsKnown()
    {
        _store.Content[Ada] = new(1, "a");
        var (unread, read) = (Process(), Process());
        var rules = Rules("b", version: 3, minimum: 2);

        await LoadAsync(read, rules);
        Ask(read, rules).Should().Be("out");
        Ask(unread, rules).Should().Be("b", "it cannot know yet");
        await unread.FlushAsync();

        Ask(unread, rules).Should().Be("out");
        Count(unread, AssignmentResult.Outdated).Should().Be(1);
        _store.Content[Ada].Should().Be(new StoredAssignment(1, "a"));
    }

    [Fact]
    public async Task ProposalThatTheStoreCannotTakeHoldsUpNoOther()
    {
        var process = Process();
        _store.Hang();
        Ask(process, Rules("a"), "first");
        Ask(process, Rules("a"), "poison");
        Ask(process, Rules("a"), "last");
        _store.OtherProcess = proposal => proposal.Key.Unit == "poison" ? throw new InvalidOperationException("too long") : null;
        _store.Release();

        await _time.AdvanceUntilDoneAsync(Until.HoldsAsync(() => _store.Content.Count == 2 && process.Queued == 1), TimeSpan.FromSeconds(10));

        _store.Content.Keys.Select(key => key.Unit).Should().BeEquivalentTo("first", "last");
    }

    [Fact]
    public async Task WhatIsNotStoredAtTheEndIsCounted()
    {
        var process = Process();
        _store.Hang();
        Ask(process, Rules("a"), "ada");

        await _time.AdvanceUntilDoneAsync(process.StopAsync(), TimeSpan.FromSeconds(1));

        Count(process, AssignmentResult.Dropped).Should().Be(1);
        Lines().Should().Contain((108, LogLevel.Warning));
        Ask(process, Rules("a"), "bob").Should().Be("a");
        Count(process, AssignmentResult.Dropped).Should().Be(2, "nothing is taken after the end");
    }

    [Fact]
    public async Task EvictedUnitFindsItsVariantAgain()
    {
        var memory = new AssignmentMemory(1);
        var process = Process(memory: memory);
        Ask(process, Rules("a"), "ada");
        Ask(process, Rules("a"), "bob");
        await process.FlushAsync();
        memory.Evicted.Should().BePositive();

        await LoadAsync(process, Rules("b"));

        Ask(process, Rules("b")).Should().Be("a");
    }

#if NET9_0_OR_GREATER
    [Fact]
    public async Task KnownAssignmentCostsNoMemory()
    {
        var process = Process();
        var (rules, context) = (Rules("a").Open(Some.Services(assignments: process)), new EvaluationContext("ada"));
        rules.GetString("flag", context, null);
        await process.FlushAsync();

        Allocated.By(() => rules.GetString("flag", context, null)).Should().Be(0);
    }
#endif

    private SharedAssignments Process(AssignmentOptions? options = null, AssignmentMemory? memory = null)
    {
        options ??= new();
        var process = new SharedAssignments(memory ?? new(options.Remembered), _store, options, new FakeLogger(_logs), "default", _time, new Random(1));
        _processes.Add(process);
        return process;
    }

    private static SnapshotDefinition Rules(string variant, int version = 1, int? minimum = null) => Some.Snapshot(Some.Text("flag", "a", "b", "out") with
    {
        Default = Some.Experiment("x", ("a", variant == "a" ? 1 : 0), ("b", variant == "b" ? 1 : 0)) with { Sticky = new() { Version = version, MinimumVersion = minimum }, Else = "out" },
    });

    private static string? Ask(SharedAssignments process, SnapshotDefinition rules, string unit = "ada") =>
        rules.Open(Some.Services(assignments: process)).GetString("flag", new(unit), null);

    private static Task LoadAsync(SharedAssignments process, SnapshotDefinition rules) =>
        process.LoadAsync(rules.Compile().Rules, new("ada"), Some.Services().Evaluation, default);

    private static long Count(SharedAssignments process, AssignmentResult result) => process.Counts.Of(result);

    private IEnumerable<(int Id, LogLevel Level)> Lines() => _logs.GetSnapshot().Where(line => line.Level > LogLevel.Debug).Select(line => (line.Id.Id, line.Level));
}
