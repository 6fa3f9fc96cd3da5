using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

public sealed class ValueSubscriptionTests : IDisposable
{
    private static readonly FeatureFlag<bool> Flag = new("f", fallback: false);
    private static readonly FeatureFlag<bool> Ramp = new("ramp", fallback: false);
    private static readonly FeatureFlag<GuardedTheme> Themed = new("theme", new(), TestJson.Default.GuardedTheme);

    private readonly ClientUnderTest _test = new();
    private readonly Channel<(object? Previous, object? Current)> _seen = Channel.CreateUnbounded<(object?, object?)>();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task ValueThatChangesIsToldWithBothAnswers()
    {
        await _test.PlayAsync(Rules(1, on: false));
        var seen = new TaskCompletionSource<FlagChange<bool>>();
        using var subscription = _test.Client.OnChange(Flag, EvaluationContext.Empty, seen.SetResult);

        await _test.PlayAsync(Rules(2, on: true));

        var change = await seen.Task.WaitAsync(TimeSpan.FromMinutes(2));
        change.Previous.Should().BeEquivalentTo(new { Value = false, Variant = "off", SnapshotVersion = 1L });
        change.Current.Should().BeEquivalentTo(new { Value = true, Variant = "on", SnapshotVersion = 2L });
    }

    [Fact]
    public async Task SameValueUnderOtherRulesIsNoNews()
    {
        await _test.PlayAsync(Rules(1, on: true));
        using var subscription = _test.Client.OnChange(Flag, EvaluationContext.Empty, Record);

        await PlayToAllAsync(Rules(2, on: true));
        await PlayToAllAsync(Rules(3, on: false));

        (await NextAsync()).Should().Be((true, false));
        _seen.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task FallbackIsTheValueBeforeThereAreRules()
    {
        using var subscription = _test.Client.OnChange(Flag, EvaluationContext.Empty, Record);

        await _test.PlayAsync(Rules(1, on: true));

        (await NextAsync()).Should().Be((false, true));
    }

    [Fact]
    public async Task RemovedFlagAnswersItsFallbackWithoutAWarning()
    {
        using var strict = new ClientUnderTest(client => client.Configure(options => options.ThrowOnUnknownFlag = true));
        await strict.PlayAsync(Rules(1, on: true));
        using var subscription = strict.Client.OnChange(Flag, EvaluationContext.Empty, Record);

        await strict.PlayAsync(Document("""{"schema": "progressive-delivery/1", "version": 2, "flags": {}}"""));

        (await NextAsync()).Should().Be((true, false));
        strict.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task FlagThatDependsOnTimeIsToldWhenItsMomentComes()
    {
        await _test.PlayAsync(Ramped(1));
        using var subscription = _test.Client.OnChange(Ramp, new("u-1"), Record);
        await Until.HoldsAsync(() => _test.Time.Timers == 1);

        _test.Time.Advance(TimeSpan.FromMinutes(9));
        var early = _seen.Reader.TryPeek(out _);
        _test.Time.Advance(TimeSpan.FromMinutes(2));

        early.Should().BeFalse();
        (await NextAsync()).Should().Be((false, true));
    }

    [Fact]
    public async Task NothingTicksForFlagsThatDoNotDependOnTimeNorAfterTheEnd()
    {
        await _test.PlayAsync(Rules(1, on: true));
        var before = _test.Time.Timers;
        using var subscription = _test.Client.OnChange(Flag, EvaluationContext.Empty, _ => { });
        using var ramp = _test.Client.OnChange(Ramp, new("u-1"), Record);
        using var other = _test.Client.OnChange(Ramp, new("u-1"), Record);
        await PlayToAllAsync(Rules(2, on: true));
        var without = _test.Time.Timers;

        await PlayToAllAsync(Ramped(3));
        await Until.HoldsAsync(() => _test.Time.Timers == before + 2);
        other.Dispose();
        var one = _test.Time.Timers;
        await _test.Client.DisposeAsync();

        without.Should().Be(before);
        one.Should().Be(before + 1);
        await Until.HoldsAsync(() => _test.Time.Timers == before);
        _test.Time.Advance(TimeSpan.FromHours(1));
        _seen.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task TicksEndWhereTheFlagNoLongerDependsOnTime()
    {
        await _test.PlayAsync(Ramped(1));
        var before = _test.Time.Timers;
        using var ramp = _test.Client.OnChange(Ramp, new("u-1"), Record);
        await Until.HoldsAsync(() => _test.Time.Timers == before + 1);

        await _test.PlayAsync(Rules(2, on: true));

        await Until.HoldsAsync(() => _test.Time.Timers == before);
    }

    [Fact]
    public async Task ValuesFromJsonAreComparedByWhatTheySay()
    {
        await _test.PlayAsync(WithTheme(1, """{"name": "red", "more": 2}"""));
        using var subscription = _test.Client.OnChange(Themed, EvaluationContext.Empty, change => _seen.Writer.TryWrite((change.Previous.Value.Name, change.Current.Value.Name)));

        await PlayToAllAsync(WithTheme(2, """{ "more":3,"name":"red" }"""));
        await PlayToAllAsync(WithTheme(3, """{"name": "blue", "more": 2}"""));

        (await NextAsync()).Should().Be(("red", "blue"));
        _seen.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task HandlersThatBlockOrThrowHarmNobody()
    {
        using var never = new ManualResetEventSlim();
        using var blocked = _test.Client.OnChange(Flag, EvaluationContext.Empty, _ => never.Wait());
        using var failing = _test.Client.OnChange(Flag, EvaluationContext.Empty, _ => throw new InvalidOperationException("My handler."));
        using var subscription = _test.Client.OnChange(Flag, EvaluationContext.Empty, Record);

        await _test.PlayAsync(Rules(1, on: true));
        var first = await NextAsync();
        await _test.PlayAsync(Rules(2, on: false));

        first.Should().Be((false, true));
        (await NextAsync()).Should().Be((true, false));
        await Until.HoldsAsync(() => _test.Logs.GetSnapshot().Count(line => line.Exception?.Message == "My handler.") == 2);
        _test.Warnings.Should().ContainSingle();
        never.Set();
    }

    [Fact]
    public async Task ClosingIsNoChange()
    {
        await _test.PlayAsync(Rules(1, on: true));
        using var subscription = _test.Client.OnChange(Flag, EvaluationContext.Empty, Record);

        await _test.Client.DisposeAsync();
        using var late = _test.Client.OnChange(Flag, EvaluationContext.Empty, Record);

        _seen.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task WatchingAssignsNobodyToAnExperiment()
    {
        var store = new PlayedAssignmentStore();
        using var test = new ClientUnderTest(client => client.StoreAssignmentsIn(store));
        var flag = new FeatureFlag<bool>("e", fallback: false);
        await test.PlayAsync(Experiment(1));
        using var subscription = test.Client.OnChange(flag, new("u-1"), Record);

        await test.PlayAsync(Experiment(2), Experiment(3));
        var watched = store.Writes;
        test.Client.Evaluate(flag, new EvaluationContext("u-1"));
        await Until.HoldsAsync(() => !store.Content.IsEmpty);

        watched.Should().Be(0);
        store.Content.Should().ContainSingle();
    }

    [Fact]
    public void CallersMistakesAreTold()
    {
        _test.Client.Invoking(client => client.OnChange<bool>(null!, EvaluationContext.Empty, _ => { })).Should().Throw<ArgumentNullException>();
        _test.Client.Invoking(client => client.OnChange(Flag, null!, _ => { })).Should().Throw<ArgumentNullException>();
        _test.Client.Invoking(client => client.OnChange(Flag, EvaluationContext.Empty, null!)).Should().Throw<ArgumentNullException>();
    }

    private void Record(FlagChange<bool> change) => _seen.Writer.TryWrite((change.Previous.Value, change.Current.Value));

    private async Task<(object? Previous, object? Current)> NextAsync() =>
        await _seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));

    // Pumps are independent: once one that came last was told of a version, the others were, or are about to be; the next turn settles it.
    private async Task PlayToAllAsync(Turn turn)
    {
        var told = new TaskCompletionSource();
        await _test.PlayAsync(turn);
        using var last = _test.Client.OnChange(_ => told.TrySetResult());
        await told.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static Turn Rules(long version, bool on) => Document(ClientUnderTest.Document(version, on));

    private static Turn Ramped(long version) => Document($$"""
        {"schema": "progressive-delivery/1", "version": {{version}},
         "flags": {"ramp": {"type": "boolean", "variants": {"on": true, "off": false},
                            "rules": [{"serve": {"rollout": {"to": "on", "steps": [{"at": "2026-06-01T12:10:00Z", "percent": 100}]} } }], "default": "off"} } }
        """);

    private static Turn WithTheme(long version, string json) => Document($$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, "flags": {"theme": {"type": "json", "variants": {"only": {{json}} }, "default": "only"} } }
        """);

    private static Turn Experiment(long version) => Document($$"""
        {"schema": "progressive-delivery/1", "version": {{version}},
         "flags": {"e": {"type": "boolean", "variants": {"on": true, "off": false},
                         "default": {"experiment": {"key": "e-1", "split": {"on": 1, "off": 1}, "sticky": {"version": 1} } } } } }
        """);
}
