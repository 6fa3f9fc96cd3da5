using System.Buffers;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Another backend's rules in our own format, as far as they go.</summary>
public sealed class NativeConversionTests
{
    private static readonly AttributeCondition Dutch = new() { Attribute = "country", Operator = AttributeOperator.In, Operand = AttributeValue.List(["NL"]), Missing = Judgment.False, Mismatch = Judgment.False };

    [Fact]
    public void WhatMissingAttributesMeanIsKeptBelowNegationsToo()
    {
        var said = Express(Flag("dutch", Dutch), Flag("others", new NotCondition(Dutch)), Flag("always", Dutch with { Missing = Judgment.True }));

        said.Diagnostics.Should().OnlyContain(diagnostic => diagnostic.Id == "PD1126");
        var rules = Read(said);
        Answers(rules, new EvaluationContext("u") { ["country"] = "NL" }).Should().Equal(true, false, true);
        Answers(rules, new EvaluationContext("u") { ["country"] = "DE" }).Should().Equal(false, true, false);
        Answers(rules, new EvaluationContext("u")).Should().Equal(false, true, true);

        static bool[] Answers(FeatureSnapshot rules, EvaluationContext context) => [rules.IsEnabled("dutch", context), rules.IsEnabled("others", context), rules.IsEnabled("always", context)];
    }

    [Fact]
    public void StepsOfARuleBecomeRules()
    {
        var steps = Flag("steps", null) with
        {
            Rules = [new() { Id = "r", When = Dutch, Serve = new StepsOutcome([new() { When = Attribute("plan", "gold"), Serve = "on", Id = "gold" }, new() { When = Attribute("plan", "tin"), Serve = "off" }]) }],
        };

        var said = Express(steps);

        said.Definition!.Flags.Single().Rules.Select(rule => rule.Id).Should().Equal("r gold", "r");
        var rules = Read(said);
        rules.IsEnabled("steps", new EvaluationContext("u") { ["country"] = "NL", ["plan"] = "gold" }).Should().BeTrue();
        rules.IsEnabled("steps", new EvaluationContext("u") { ["country"] = "DE", ["plan"] = "gold" }).Should().BeFalse();
    }

    [Fact]
    public void WhatCannotBeSaidIsLeftOutWithAllThatUsesIt()
    {
        var hashed = Flag("hashed", new BucketCondition { Bucketing = new() { Algorithm = BucketAlgorithm.Murmur3Modulo, Buckets = 100 }, Ranges = [new(0, 10)] });
        var user = Flag("user", new FlagCondition { Flag = "hashed", Variants = ["on"] });
        var usersUser = Flag("users-user", new FlagCondition { Flag = "user", Variants = ["on"] });

        var said = Express(hashed, user, usersUser, Flag("sound", null));

        said.Definition!.Flags.Select(flag => flag.Key).Should().Equal("sound");
        said.Diagnostics.Select(diagnostic => diagnostic.Id).Should().Equal("PD1125", "PD1125", "PD1125");
        said.Diagnostics[0].Message.Should().Contain("'hashed'").And.Contain("another backend's hash");
        said.Diagnostics[1].Message.Should().Contain("it uses flag 'hashed'");
    }

    [Fact]
    public void VariantWithoutAValueIsTheFallbackWhereNothingElseIsServed()
    {
        var flag = new FlagDefinition
        {
            Key = "f",
            Type = FlagType.String,
            Variants = [new() { Name = "none", Value = VariantValue.None, Enabled = false }, new() { Name = "a", Value = "A", Enabled = true }],
            Rules = [new() { When = Dutch, Serve = "a" }],
            Default = "none",
            OffVariant = "none",
        };

        var said = Express(flag).Definition!.Flags.Single();

        (said.Default, said.OffVariant).Should().Be((null, null));
        said.Variants.Should().Equal(new VariantDefinition { Name = "a", Value = "A" });
        Express(flag with { Rules = [new() { Serve = "none" }] }).Definition!.Flags.Should().BeEmpty();
    }

    [Fact]
    public void WhoAsksForAVariantWithoutAValueIsLeftOut()
    {
        var parent = new FlagDefinition { Key = "parent", Type = FlagType.String, Variants = [new() { Name = "none", Value = VariantValue.None, Enabled = true }], Default = "none" };

        var said = Express(parent, Flag("child", new FlagCondition { Flag = "parent", Variants = ["none"] }), Flag("required", null) with { Requires = [new() { Flag = "parent", Variants = ["none"] }] });

        said.Definition!.Flags.Select(flag => flag.Key).Should().Equal("parent");
    }

    [Fact]
    public void RulesOfAnotherBackendAreNotWrittenAsIfTheyWereOurs()
    {
        var snapshot = new SnapshotDefinition { Version = 1, Flags = [Flag("dutch", Dutch)] };

        var write = () => SnapshotJson.Write(snapshot, new ArrayBufferWriter<byte>());

        write.Should().Throw<ArgumentException>().WithMessage("*flag 'dutch'*'country'*missing attribute*ConvertToNative*");
    }

    private static AttributeCondition Attribute(string name, string value) => new() { Attribute = name, Operator = AttributeOperator.Equals, Operand = value };

    private static FlagDefinition Flag(string key, ConditionDefinition? when) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
        Rules = when is null ? [] : [new() { When = when, Serve = "on" }],
        Default = "off",
    };

    private static SnapshotReadResult Express(params FlagDefinition[] flags) => SnapshotJson.ConvertToNative(new() { Version = 0, Flags = flags, Cycles = CycleHandling.EndFlag }, version: 7);

    // Written, and read back: what is said is in the format.
    private static FeatureSnapshot Read(SnapshotReadResult said)
    {
        var text = new ArrayBufferWriter<byte>();
        SnapshotJson.Write(said.Definition!, text);
        var (definition, diagnostics) = SnapshotJson.Read(text.WrittenMemory);
        diagnostics.Should().BeEmpty();
        definition!.Version.Should().Be(7);
        return definition.Open();
    }
}
