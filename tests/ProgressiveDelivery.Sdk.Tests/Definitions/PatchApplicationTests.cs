using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Definitions;

public class PatchApplicationTests
{
    private static readonly SnapshotDefinition Base = new()
    {
        Version = 7,
        Environment = "test",
        PublishedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.MaxValue,
        Flags = [Flag("a"), Flag("b"), Flag("c")],
        Segments = [Segment("s"), Segment("t")],
        Layers = [new() { Name = "l" }],
    };

    [Fact]
    public void SetOverridesInPlaceAndRemovedVanishesAndNewComesLast()
    {
        var (b, d) = (Flag("b", enabled: false), Flag("d"));

        var next = PatchApplication.Apply(Base, Patch(flags: [d, b], removed: ["c", "never"]));

        next.Flags.Should().Equal([Base.Flags[0], b, d], ReferenceEquals);
        next.Version.Should().Be(8);
    }

    [Fact]
    public void SegmentsAreSetLikewise()
    {
        var (t, u) = (Segment("t"), Segment("u"));

        PatchApplication.Apply(Base, Patch(segments: [u, t])).Segments.Should().Equal([Base.Segments[0], t, u], ReferenceEquals);
    }

    [Fact]
    public void WhatIsNotNamedIsShared()
    {
        var next = PatchApplication.Apply(Base, Patch(flags: [Flag("b")]));

        next.Segments.Should().BeSameAs(Base.Segments);
        next.Layers.Should().BeSameAs(Base.Layers);
        next.Environment.Should().Be("test");
        next.ExpiresAt.Should().Be(DateTimeOffset.MaxValue);
        next.PublishedAt.Should().BeNull();
    }

    [Fact]
    public void BaseStaysAsItWas()
    {
        var before = Base.Flags.ToArray();

        PatchApplication.Apply(Base, Patch(flags: [Flag("b", enabled: false), Flag("z")], removed: ["a"]));

        Base.Flags.Should().Equal(before, ReferenceEquals);
        Base.Version.Should().Be(7);
    }

    [Fact]
    public void OfDefinitionsWithOneKeyTheNewOneStaysAlone()
    {
        var b = Flag("b", enabled: false);
        var twice = Base with { Flags = [Flag("b"), Flag("a"), Flag("b")] };

        PatchApplication.Apply(twice, Patch(flags: [b])).Flags.Select(flag => (flag.Key, flag.Enabled)).Should().Equal(("b", false), ("a", true));
        PatchApplication.Apply(twice, Patch(removed: ["b"])).Flags.Select(flag => flag.Key).Should().Equal("a");
    }

    [Fact]
    public void RemovedFlagStaysAwayUnderALaterPatchOfAnother()
    {
        var without = PatchApplication.Apply(Base, Patch(removed: ["b"]));

        var next = PatchApplication.Apply(without, new() { BaseVersion = 8, Version = 9, Flags = [Flag("a", enabled: false)] });

        next.Flags.Select(flag => flag.Key).Should().Equal("a", "c");
    }

    private static SnapshotPatch Patch(FlagDefinition[]? flags = null, string[]? removed = null, SegmentDefinition[]? segments = null) =>
        new() { BaseVersion = 7, Version = 8, Flags = flags ?? [], RemovedFlags = removed ?? [], Segments = segments ?? [] };

    private static FlagDefinition Flag(string key, bool enabled = true) => new() { Key = key, Type = FlagType.Boolean, Enabled = enabled };

    private static SegmentDefinition Segment(string name) => new() { Name = name };
}
