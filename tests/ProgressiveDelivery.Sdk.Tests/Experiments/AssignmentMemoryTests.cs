using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Experiments;

public sealed class AssignmentMemoryTests
{
    [Fact]
    public void WhatWasStoredLastIsFound()
    {
        var store = new AssignmentMemory(10);

        store.Store("x", "u", new(1, "a"));
        store.Store("x", "u", new(2, "b"));
        store.Store("y", "u", new(1, "c"));

        store.TryGet("x", "u", out var found).Should().BeTrue();
        found.Should().Be(new StoredAssignment(2, "b"));
        store.TryGet("x", "U", out _).Should().BeFalse();
        store.TryGet("z", "u", out _).Should().BeFalse();
    }

    [Fact]
    public async Task EndlessUnitIsNeitherRememberedNorStored()
    {
        var (longest, tooLong) = (new string('u', 1_024), new string('u', 1_025));
        var memory = new AssignmentMemory(10);
        var store = new PlayedAssignmentStore();
        await using var shared = new SharedAssignments(memory, store, new(), NullLogger.Instance, "default", TimeProvider.System, new Random(1));

        memory.Store("x", longest, new(1, "a"));
        memory.Store("x", tooLong, new(1, "a"));
        shared.Store("y", longest, new(1, "a"));
        shared.Store("y", tooLong, new(1, "a"));
        await shared.FlushAsync();

        (memory.TryGet("x", longest, out _), memory.TryGet("x", tooLong, out _)).Should().Be((true, false));
        (shared.TryGet("y", longest, out _), shared.TryGet("y", tooLong, out _)).Should().Be((true, false));
        store.Content.Keys.Should().Equal(new AssignmentKey("y", longest));
        var keys = new UnknownKeys(memory);
        keys.Visit("z", longest, 1);
        keys.Visit("z", tooLong, 1);
        keys.List.Should().Equal(new AssignmentKey("z", longest));
    }

    [Fact]
    public void OldestMakesRoomAcrossExperiments()
    {
        var store = new AssignmentMemory(3);
        foreach (var (experiment, unit) in new[] { ("x", "1"), ("y", "1"), ("x", "2"), ("x", "2"), ("x", "3") })
            store.Store(experiment, unit, new(1, "a"));

        store.TryGet("x", "1", out _).Should().BeFalse();
        store.TryGet("y", "1", out _).Should().BeTrue();
        store.TryGet("x", "2", out _).Should().BeTrue();
        store.TryGet("x", "3", out _).Should().BeTrue();
    }

    [Fact]
    public void ManyThreadsStayWithinTheBoundAndLoseNothingElse()
    {
        const int capacity = 1_000;
        var store = new AssignmentMemory(capacity);

        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var unit = (i % 5_000).ToString(CultureInfo.InvariantCulture);
                store.Store($"x{thread % 2}", unit, new(1, "a"));
                if (store.TryGet($"x{thread % 2}", unit, out var found))
                    found.Variant.Should().Be("a");
            }
        });

        var kept = Enumerable.Range(0, 5_000).Sum(i => new[] { "x0", "x1" }.Count(experiment => store.TryGet(experiment, i.ToString(CultureInfo.InvariantCulture), out _)));
        kept.Should().BeInRange(capacity - 4, capacity);
    }

    [Fact]
    public void StickyExperimentKeepsAUnitWhereItWas()
    {
        var assignments = new AssignmentMemory(100);
        FeatureSnapshot Open(int a, int b, StickyDefinition? sticky) =>
            Some.Snapshot(Some.Text("flag", "a", "b") with { Default = Some.Experiment("x", ("a", a), ("b", b)) with { Sticky = sticky, Else = "b" } }).Open(Some.Services(assignments: assignments));
        string? Ask(FeatureSnapshot flags) => flags.GetString("flag", new("u"), null);

        Ask(Open(1, 0, new() { Version = 1 })).Should().Be("a");
        Ask(Open(0, 1, new() { Version = 1 })).Should().Be("a");
        Ask(Open(0, 1, null)).Should().Be("b");
        Ask(Open(1, 0, new() { Version = 3, MinimumVersion = 2 })).Should().Be("b", "it was stored below the minimum");
        Ask(Open(0, 1, new() { Version = 2, MinimumVersion = 1 })).Should().Be("b", "another version is assigned afresh");
        Ask(Open(1, 0, new() { Version = 2 })).Should().Be("b", "and was stored");
    }
}
