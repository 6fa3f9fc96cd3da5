using System.Text.Json;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Compilation;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

public sealed class SnapshotComparisonTests(ITestOutputHelper output)
{
    private static readonly SnapshotDefinition Shop = Some.Snapshot(
        Some.Flag("a"), Some.Flag("b").Requiring("a", "on"), Some.Flag("c").When(new NotCondition(new AnyCondition([new FlagCondition { Flag = "b", Variants = ["on"] }]))),
        Some.Flag("d").When(new SegmentCondition("outer")), Some.Flag("e"),
        Some.Flag("f") with { Default = Some.Experiment("x", ("on", 1)) with { Layer = "layer", Holdout = "holdout", Else = "off" } }) with
    {
        Segments = [Some.Segment("inner", Some.Equal("x", 1)), Some.Segment("outer", new AllCondition([new SegmentCondition("inner")]))],
        Layers = [new() { Name = "layer" }],
        Holdouts = [new() { Name = "holdout", Percent = 5 }],
    };

    [Fact]
    public void SameDocumentReadTwiceIsTheSame()
    {
        var comparison = Compare(Shop, Copy(Shop));

        comparison.Should().BeEquivalentTo(new { Added = None, Removed = None, Changed = None, Noted = None, Affected = None, Answers = None });
    }

    [Fact]
    public void WhatIsNewGoneAndOtherwiseIsTold()
    {
        var comparison = Compare(Shop, Copy(Shop) with { Flags = [.. Shop.Flags.Skip(2), Some.Flag("z"), Some.Flag("a") with { Enabled = false }] });

        comparison.Should().BeEquivalentTo(new { Added = Keys("z"), Removed = Keys("b"), Changed = Keys("a"), Noted = None, Affected = Keys("c"), Answers = Keys("a", "b", "c", "z") });
    }

    [Fact]
    public void ChangeReachesAllThatDependOnIt()
    {
        Compare(Shop, With(Some.Flag("a") with { Default = "on" })).Should().BeEquivalentTo(new { Changed = Keys("a"), Affected = Keys("b", "c") });
        Compare(Shop, Shop with { Segments = [Shop.Segments[0] with { Include = ["u"] }, Shop.Segments[1]] }).Should().BeEquivalentTo(new { Changed = None, Affected = Keys("d") });
        Compare(Shop, Shop with { Layers = [new() { Name = "layer", Salt = "s" }] }).Affected.Should().Equal("f");
        Compare(Shop, Shop with { Holdouts = [new() { Name = "holdout", Percent = 6 }] }).Affected.Should().Equal("f");
        Compare(Shop, Shop with { Layers = [] }).Affected.Should().Equal("f");
        Compare(Shop with { Segments = [] }, Shop).Affected.Should().Equal("d");
    }

    [Fact]
    public void MetadataChangesNoAnswer()
    {
        using var note = JsonDocument.Parse("\"me\"");

        var comparison = Compare(Shop, With(Some.Flag("a") with { Metadata = new Dictionary<string, JsonElement> { ["owner"] = note.RootElement } }));

        comparison.Should().BeEquivalentTo(new { Changed = None, Noted = Keys("a"), Answers = None });
    }

    [Fact]
    public void OverlayConcernsItsFlagAndWhatDependsOnIt()
    {
        var overridden = Compare(Shop, Shop, LocalOverlay.None.With(OverlayEntry.OfOverride("a", "on")));
        var killed = Compare(Shop, Shop, LocalOverlay.None.With(OverlayEntry.Of(new SnapshotKill(2, "b", "on"))));
        var idle = Compare(Shop, Shop, LocalOverlay.None.With(OverlayEntry.OfOverride("missing", "on")));

        overridden.Affected.Should().Equal("a", "b", "c");
        killed.Affected.Should().Equal("b", "c");
        idle.Answers.Should().BeEmpty();
    }

    [Fact]
    public void FlagThatAnotherOneBreaksIsAffected()
    {
        var one = Slots("one", 0, 500_000);
        var other = Slots("other", 500_000, 1_000_000);
        var before = Some.Snapshot(one, other) with { Layers = [new() { Name = "layer" }] };

        Compare(before, before with { Flags = [one, Slots("other", 400_000, 1_000_000)] })
            .Should().BeEquivalentTo(new { Changed = Keys("other"), Affected = Keys("one") });

        static FlagDefinition Slots(string key, int from, int to) =>
            Some.Flag(key) with { Default = Some.Experiment(key, ("on", 1)) with { Layer = "layer", Slots = new(from, to) } };
    }

    [Fact]
    public void FirstRulesAreNewAndNoRulesAreGone()
    {
        var none = FeatureSnapshot.NotReady(Some.Services());

        SnapshotComparison.Of(none, Open(Shop)).Added.Should().Equal("a", "b", "c", "d", "e", "f");
        SnapshotComparison.Of(Open(Shop), none).Removed.Should().Equal("a", "b", "c", "d", "e", "f");
    }

    /// <summary>Whatever changes: a flag that is not named answers as before.</summary>
    [Fact]
    public void FlagThatIsNotNamedAnswersAsBefore()
    {
        var (silent, total) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var some = new RandomDefinitions(new(seed));
            var definition = some.Snapshot();
            for (var step = 0; step < 6; step++)
            {
                var overlay = some.IsOneOf(3) ? LocalOverlay.None.With(OverlayEntry.OfOverride(some.Kill(0).Flag, some.Kill(0).Variant)) : LocalOverlay.None;
                var next = PatchApplication.Apply(definition, some.Patch(definition.Version));
                var (before, after) = (Open(definition), Open(next, overlay));

                var answers = SnapshotComparison.Of(before, after).Answers;

                foreach (var key in next.Flags.Select(flag => flag.Key).Except(answers))
                    Answers(after, key).Should().Equal(Answers(before, key), $"{key}, seed {seed}, step {step}");
                (silent, total) = (silent + next.Flags.Count - answers.Count, total + next.Flags.Count);
                definition = next;
            }
        }

        output.WriteLine($"{silent} of {total} flags were not named.");
        silent.Should().BeGreaterThan(total / 4);
    }

    [Fact]
    public void OneOfTenThousandFlagsIsTheOnlyOneNamed()
    {
        var flags = Enumerable.Range(0, 10_000).Select(i => Some.Flag($"flag-{i}").When(Some.Equal("country", "NL"), Some.Rollout(i % 100))).ToArray();
        var next = Copy(Some.Snapshot(flags) with { Flags = [.. flags.SkipLast(1), Some.Flag("flag-9999")] });

        SnapshotComparison.Of(Open(Some.Snapshot(flags)), Open(next)).Answers.Should().Equal("flag-9999");
    }

    private static string[] None => [];

    private static string[] Keys(params string[] keys) => keys;

    private static SnapshotDefinition With(FlagDefinition flag) => Shop with { Flags = [.. Shop.Flags.Select(old => old.Key == flag.Key ? flag : old)] };

    private static SnapshotDefinition Copy(SnapshotDefinition definition)
    {
        var document = new System.Buffers.ArrayBufferWriter<byte>();
        SnapshotJson.Write(definition, document);
        return SnapshotJson.Read(document.WrittenMemory).Definition!;
    }

    private static SnapshotComparison Compare(SnapshotDefinition one, SnapshotDefinition other, LocalOverlay? overlay = null) =>
        SnapshotComparison.Of(Open(one), Open(other, overlay));

    private static FeatureSnapshot Open(SnapshotDefinition definition, LocalOverlay? overlay = null) =>
        new(SnapshotCompiler.Compile(definition, new(), overlay).Rules, SnapshotOrigin.Source, Some.Services()) { Definition = definition, Overlay = overlay ?? LocalOverlay.None };

    private static IEnumerable<(string?, EvaluationReason)> Answers(FeatureSnapshot snapshot, string key) =>
        Enumerable.Range(0, 8).Select(unit => snapshot.Answer(key, new($"u-{unit}", [KeyValuePair.Create("a", (AttributeValue)(unit % 3))])));
}
