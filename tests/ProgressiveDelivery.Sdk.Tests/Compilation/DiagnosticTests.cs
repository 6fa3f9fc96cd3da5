using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

/// <summary>What is wrong with definitions built in code: each fault by its id and its place, and no other flag the worse for it.</summary>
public sealed class DiagnosticTests
{
    private static readonly ExperimentOutcome Experiment = Some.Experiment("x", ("on", 1));

    public static TheoryData<string> Names => [.. Faults.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void FaultIsReportedInItsPlaceAndCostsOnlyItsFlag(string name)
    {
        var (flag, id, path) = Faults[name];
        var snapshot = Some.Snapshot(flag, Some.Flag("bystander").When(null), Some.Flag("next") with { Default = "none" }) with
        {
            Segments = [Some.Segment("staff"), Some.Segment("broken", Some.That("a", AttributeOperator.Matches, "("))],
            Layers = [new() { Name = "checkout" }],
            Holdouts = [new() { Name = "q4", Percent = 5 }, new() { Name = "too-much", Percent = 101 }],
        };

        var all = snapshot.Compile().Diagnostics;
        var own = all.Where(diagnostic => diagnostic.Path.StartsWith("$.flags['flag']", StringComparison.Ordinal)).ToArray();

        own.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == id && found.Severity == DiagnosticSeverity.Error && found.Path == "$.flags['flag']" + path);
        own[0].Message.Should().StartWith("Flag 'flag': ").And.EndWith(".");
        all.Should().ContainSingle(diagnostic => diagnostic.Path == "$.flags['next'].default");
        var flags = snapshot.Open();
        flags.EvaluateBoolean("flag", new("u"), true).Should().Match<Evaluation<bool>>(answer => answer.Value && answer.Reason == EvaluationReason.Error && answer.Error == own[0].Message);
        flags.IsEnabled("bystander", new("u")).Should().BeTrue();
    }

    [Theory]
    [InlineData(BucketAlgorithm.Md5Modulo, 1)]
    [InlineData(BucketAlgorithm.Md5Modulo, uint.MaxValue)]
    [InlineData(BucketAlgorithm.Sha1Fraction, 0)]
    [InlineData(BucketAlgorithm.Sha256Percent, 0)]
    public void NumberOfBucketsIsCheckedWhereTheAlgorithmHasOne(BucketAlgorithm algorithm, long buckets)
    {
        var bucketing = new BucketingDefinition { Algorithm = algorithm, Buckets = buckets, By = ["account"] };
        var snapshot = Some.Snapshot(Some.Flag().When(new BucketCondition { Bucketing = bucketing, Ranges = [] }), Some.Flag("next") with { Default = "none" });

        snapshot.Compile().Diagnostics.Should().ContainSingle().Which.Path.Should().Be("$.flags['next'].default");
    }

    [Fact]
    public void LengthsThatAreAllowedAreThoseOfTheLimits()
    {
        var pattern = Some.Snapshot(Some.Flag().When(Some.That("a", AttributeOperator.Matches, "12345")));
        var reference = Some.Snapshot(Some.Flag().When(Some.Equal("12345", 1)) with { Default = Some.Rollout(5) with { By = ["67890"] } });

        pattern.Compile(new() { MaxPatternLength = 5 }).Diagnostics.Should().BeEmpty();
        pattern.Compile(new() { MaxPatternLength = 4 }).Diagnostics.Should().ContainSingle().Which.Message.Should().EndWith("raise MaxPatternLength.");
        reference.Compile(new() { MaxReferenceLength = 5 }).Diagnostics.Should().BeEmpty();
        reference.Compile(new() { MaxReferenceLength = 4 }).Diagnostics.Should().HaveCount(2).And.OnlyContain(found => found.Message.EndsWith("raise MaxReferenceLength.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stafff", "staff")]
    [InlineData("STAFF", "staff")]
    [InlineData("unlike", null)]
    public void NameThatIsNearlyRightIsSuggested(string name, string? suggestion)
    {
        var diagnostics = (Some.Snapshot(Some.Flag().When(new SegmentCondition(name))) with { Segments = [Some.Segment("staff")] }).Compile().Diagnostics;

        diagnostics.Should().ContainSingle().Which.Message.Contains("did you mean 'staff'?", StringComparison.Ordinal).Should().Be(suggestion is not null);
    }

    [Fact]
    public void SuggestionsAreGivenForVariantsLayersHoldoutsAndFlags()
    {
        var snapshot = Some.Snapshot(
            Some.Flag("one") with { Default = "onn" },
            Some.Flag("two") with { Default = Experiment with { Layer = "chekout", Holdout = "q3" } },
            Some.Flag("three").Requiring("onee", "on")) with
        { Layers = [new() { Name = "checkout" }], Holdouts = [new() { Name = "q4", Percent = 5 }] };

        snapshot.Compile().Diagnostics.Select(diagnostic => diagnostic.Message).Should().SatisfyRespectively(
            message => message.Should().Contain("did you mean 'on'?"),
            message => message.Should().Contain("did you mean 'checkout'?"),
            message => message.Should().Contain("did you mean 'q4'?"),
            message => message.Should().Contain("did you mean 'one'?"));
    }

    [Fact]
    public void MissingPrerequisiteIsAWarningAndFails()
    {
        var snapshot = Some.Snapshot(Some.Flag().Requiring("missing", "on").When(null));

        snapshot.Compile().Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(
            found => found.Id == DiagnosticId.UnknownFlag && found.Severity == DiagnosticSeverity.Warning && found.Path == "$.flags['flag'].requires[0]");
        snapshot.Open().EvaluateBoolean("flag", new("u")).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
    }

    [Fact]
    public void UnknownOperatorIsUnknownAndMalformsNothing()
    {
        var unknown = new UnknownOperatorCondition { Attribute = "a", Operator = "sounds-like" };
        var flags = Some.Snapshot(Some.Flag("asks").When(unknown), Some.Flag("asks-not").When(new NotCondition(unknown))).Open();

        flags.EvaluateBoolean("asks", new("u")).Reason.Should().Be(EvaluationReason.Default);
        flags.EvaluateBoolean("asks-not", new("u")).Reason.Should().Be(EvaluationReason.Default);
    }

    [Fact]
    public void EveryFlagWhoseSlotsOverlapIsMalformed()
    {
        FlagDefinition Owner(string key, int from, int to) => Some.Flag(key) with { Default = Experiment with { Key = key, Layer = "checkout", Slots = new(from, to) } };
        var snapshot = Some.Snapshot(Owner("a", 0, 500_000), Owner("b", 499_999, 600_000), Owner("c", 100, 200), Owner("d", 600_000, 1_000_000)) with { Layers = [new() { Name = "checkout" }] };

        var flags = snapshot.Open();

        new[] { "a", "b", "c", "d" }.Select(key => flags.EvaluateBoolean(key, new("u")).Reason == EvaluationReason.Error).Should().Equal(true, true, true, false);
        snapshot.Compile().Diagnostics.Should().OnlyContain(diagnostic => diagnostic.Id == DiagnosticId.OverlappingSlots && diagnostic.Path.EndsWith(".default.experiment", StringComparison.Ordinal));
    }

    [Fact]
    public void MalformedFlagClaimsItsSlotsNevertheless()
    {
        FlagDefinition Owner(string key) => Some.Flag(key) with { Default = Experiment with { Key = key, Layer = "checkout" } };
        var defect = new SnapshotDiagnostic(DiagnosticId.UnknownType, DiagnosticSeverity.Error, "$.flags['a'].type", "It is so.");
        var snapshot = Some.Snapshot(Owner("a") with { Defect = defect }, Owner("b")) with { Layers = [new() { Name = "checkout" }] };

        snapshot.Open().EvaluateBoolean("b", new("u")).Reason.Should().Be(EvaluationReason.Error);
        snapshot.Open().EvaluateBoolean("a", new("u")).Error.Should().Be("It is so.");
    }

    [Fact]
    public void LastOfSeveralWithOneNameCountsAndIsReported()
    {
        var snapshot = Some.Snapshot(Some.Text("flag", "first"), Some.Text("flag", "last")) with
        {
            Segments = [Some.Segment("s"), Some.Segment("s", new AllCondition([]))],
        };

        snapshot.Open().GetString("flag", new("u"), null).Should().Be("last");
        snapshot.Compile().Diagnostics.Should().HaveCount(2).And.OnlyContain(diagnostic => diagnostic.Id == DiagnosticId.DuplicateMember && diagnostic.Severity == DiagnosticSeverity.Warning);
        snapshot.Compile().Diagnostics.Select(diagnostic => diagnostic.Path).Should().Equal("$.flags['flag']", "$.segments['s']");
    }

    [Fact]
    public void LastVariantOfADuplicateNameCounts()
    {
        var twice = Some.Of("twice", FlagType.String, new VariantDefinition { Name = "v", Value = "first" }, new VariantDefinition { Name = "v", Value = "last" });
        var experiment = twice with { Key = "sticky", Default = Some.Experiment("x", ("v", 1)) with { Sticky = new() { Version = 1 } } };
        var flags = Some.Snapshot(twice, experiment, Some.Flag("user").Requiring("twice", "v").When(null)).Open();

        flags.GetString("twice", new("u"), null).Should().Be("last");
        flags.GetString("sticky", new("u"), null).Should().Be("last");
        flags.GetString("sticky", new("u"), null).Should().Be("last");
        flags.IsEnabled("user", new("u")).Should().BeTrue();
    }

    [Fact]
    public void PathsEscapeWhatNamesHold()
    {
        var diagnostics = Some.Snapshot(Some.Flag("it's\n\\") with { Default = "none" }).Compile().Diagnostics;

        diagnostics.Should().ContainSingle().Which.Path.Should().Be(@"$.flags['it\'s\u000a\\'].default");
        diagnostics[0].Message.Should().NotContain("\n");
    }

    [Fact]
    public void UsersOfAMalformedSegmentAreMalformedThroughOtherSegments()
    {
        var snapshot = Some.Snapshot(Some.Flag("far").When(new SegmentCondition("outer")), Some.Flag("dependent").Requiring("far", "on").When(null)) with
        {
            Segments = [Some.Segment("outer", new NotCondition(new SegmentCondition("inner"))), Some.Segment("inner", Some.That("a", AttributeOperator.SemVer, "*"))],
        };
        var flags = snapshot.Open();

        flags.EvaluateBoolean("far", new("u")).Reason.Should().Be(EvaluationReason.Error);
        flags.EvaluateBoolean("dependent", new("u")).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        snapshot.Compile().Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Path)).Should().Equal(
            (DiagnosticId.InvalidVersionRange, "$.segments['inner'].when.semver"), (DiagnosticId.UsesMalformed, "$.segments['outer']"), (DiagnosticId.UsesMalformed, "$.flags['far']"));
    }

    [Fact]
    public void DefectOfAReaderQuarantinesWithoutASecondReport()
    {
        var defect = new SnapshotDiagnostic(DiagnosticId.UnknownType, DiagnosticSeverity.Error, "$.flags['flag'].type", "It is so.");
        var snapshot = Some.Snapshot(Some.Flag() with { Defect = defect, Default = "none" });

        snapshot.Compile().Diagnostics.Should().BeEmpty();
        snapshot.Open().EvaluateBoolean("flag", new("u")).Error.Should().Be("It is so.");
    }

    private static readonly Dictionary<string, (FlagDefinition Flag, string Id, string Path)> Faults = new()
    {
        ["no variants"] = (Some.Flag() with { Variants = [], Default = null }, DiagnosticId.WrongForm, ".variants"),
        ["variant of another kind"] = (Some.Flag() with { Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = "text" }] }, DiagnosticId.InvalidVariantValue, ".variants['off']"),
        ["variant without value"] = (Some.Text("flag", "a") with { Variants = [new() { Name = "a", Value = default }] }, DiagnosticId.InvalidVariantValue, ".variants['a']"),
        ["integer with a fraction"] = (Some.Of("flag", FlagType.Integer, 1.5), DiagnosticId.InvalidVariantValue, ".variants['only']"),
        ["integer too large"] = (Some.Of("flag", FlagType.Integer, 9223372036854775808.0), DiagnosticId.InvalidVariantValue, ".variants['only']"),
        ["number that is none"] = (Some.Of("flag", FlagType.Number, double.NaN), DiagnosticId.InvalidVariantValue, ".variants['only']"),
        ["undefined default"] = (Some.Flag() with { Default = "none" }, DiagnosticId.UndefinedVariant, ".default"),
        ["undefined off variant"] = (Some.Flag() with { OffVariant = "none" }, DiagnosticId.UndefinedVariant, ".offVariant"),
        ["undefined variant of a rule"] = (Some.Flag().When(null).When(null, "none"), DiagnosticId.UndefinedVariant, ".rules[1].serve"),
        ["undefined variant of a split"] = (Some.Flag() with { Default = Some.Split(("on", 1), ("none", 0)) }, DiagnosticId.UndefinedVariant, ".default.split['none']"),
        ["undefined variant of a rollout"] = (Some.Flag() with { Default = Some.Rollout(5, "none") }, DiagnosticId.UndefinedVariant, ".default.rollout.to"),
        ["undefined else"] = (Some.Flag() with { Default = Some.Rollout(5) with { Else = "none" } }, DiagnosticId.UndefinedVariant, ".default.else"),
        ["undefined segment"] = (Some.Flag().When(new AllCondition([new AnyCondition([]), new NotCondition(new SegmentCondition("none"))])), DiagnosticId.UndefinedSegment, ".rules[0].when.all[1].not.segment"),
        ["malformed segment"] = (Some.Flag().When(new SegmentCondition("broken")), DiagnosticId.UsesMalformed, ""),
        ["undefined layer"] = (Some.Flag() with { Default = Experiment with { Layer = "none" } }, DiagnosticId.UndefinedLayerOrHoldout, ".default.experiment.layer"),
        ["undefined holdout"] = (Some.Flag() with { Default = Experiment with { Holdout = "none" } }, DiagnosticId.UndefinedLayerOrHoldout, ".default.experiment.holdout"),
        ["holdout of too much"] = (Some.Flag() with { Default = Experiment with { Holdout = "too-much" } }, DiagnosticId.InvalidPercentage, ".default.experiment.holdout"),
        ["percentage below 0"] = (Some.Flag() with { Default = Some.Rollout(-0.0001m) }, DiagnosticId.InvalidPercentage, ".default.rollout.percent"),
        ["percentage above 100"] = (Some.Flag() with { Default = Some.Rollout(100.0001m) }, DiagnosticId.InvalidPercentage, ".default.rollout.percent"),
        ["percentage of five decimals"] = (Some.Flag() with { Default = Some.Rollout(0.00001m) }, DiagnosticId.InvalidPercentage, ".default.rollout.percent"),
        ["percentage beyond measure"] = (Some.Flag() with { Default = Some.Rollout(decimal.MaxValue) }, DiagnosticId.InvalidPercentage, ".default.rollout.percent"),
        ["percentage of a step"] = (Some.Flag() with { Default = Ramp(new(Some.Monday, 1), new(Some.Monday.AddDays(1), 101)) }, DiagnosticId.InvalidPercentage, ".default.rollout.steps[1].percent"),
        ["steps out of order"] = (Some.Flag() with { Default = Ramp(new(Some.Monday, 1), new(Some.Monday.ToOffset(TimeSpan.FromHours(2)), 2)) }, DiagnosticId.InvalidSteps, ".default.rollout.steps[1]"),
        ["neither percent nor steps"] = (Some.Flag() with { Default = new RolloutOutcome { To = "on" } }, DiagnosticId.InvalidSteps, ".default.rollout"),
        ["both percent and steps"] = (Some.Flag() with { Default = Ramp(new RolloutStep(Some.Monday, 1)) with { Percent = 1 } }, DiagnosticId.InvalidSteps, ".default.rollout"),
        ["rollout to a rollout"] = (Some.Flag() with { Default = Some.Rollout(5, Some.Rollout(5)) }, DiagnosticId.InvalidServe, ".default.rollout.to"),
        ["weights of 0"] = (Some.Flag() with { Default = Some.Split(("on", 0), ("off", 0)) }, DiagnosticId.InvalidWeights, ".default.split"),
        ["no weights"] = (Some.Flag() with { Default = Some.Split() }, DiagnosticId.InvalidWeights, ".default.split"),
        ["weight below 0"] = (Some.Flag() with { Default = Some.Split(("on", 1), ("off", -1)) }, DiagnosticId.InvalidWeights, ".default.split"),
        ["slots that are empty"] = (Some.Flag() with { Default = Experiment with { Layer = "checkout", Slots = new(5, 5) } }, DiagnosticId.OverlappingSlots, ".default.experiment.slots"),
        ["slots beyond the end"] = (Some.Flag() with { Default = Experiment with { Layer = "checkout", Slots = new(0, 1_000_001) } }, DiagnosticId.OverlappingSlots, ".default.experiment.slots"),
        ["empty by"] = (Some.Flag() with { Default = Some.Rollout(5) with { By = [] } }, DiagnosticId.WrongForm, ".default.rollout.by"),
        ["malformed by"] = (Some.Flag() with { Default = Some.Rollout(5) with { By = ["/a~2"] } }, DiagnosticId.InvalidReference, ".default.rollout.by"),
        ["malformed reference"] = (Some.Flag().When(Some.Equal(":a", 1)), DiagnosticId.InvalidReference, ".rules[0].when"),
        ["malformed reference of an unknown operator"] = (Some.Flag().When(new UnknownOperatorCondition { Attribute = "/a~2", Operator = "sounds-like" }), DiagnosticId.InvalidReference, ".rules[0].when"),
        ["reference too long"] = (Some.Flag().When(Some.Equal(new('a', 257), 1)), DiagnosticId.FlagLimitExceeded, ".rules[0].when"),
        ["operand of equals"] = (Some.Flag().When(Some.Equal("a", default)), DiagnosticId.InvalidOperand, ".rules[0].when.equals"),
        ["operand of in"] = (Some.Flag().When(Some.That("a", AttributeOperator.In, "text")), DiagnosticId.InvalidOperand, ".rules[0].when.in"),
        ["operand of startsWith"] = (Some.Flag().When(Some.That("a", AttributeOperator.StartsWith, AttributeValue.List("a", 1))), DiagnosticId.InvalidOperand, ".rules[0].when.startsWith"),
        ["operand of atLeast"] = (Some.Flag().When(Some.That("a", AttributeOperator.AtLeast, double.PositiveInfinity)), DiagnosticId.InvalidOperand, ".rules[0].when.atLeast"),
        ["operand of hasAny"] = (Some.Flag().When(Some.That("a", AttributeOperator.HasAny, "text")), DiagnosticId.InvalidOperand, ".rules[0].when.hasAny"),
        ["operand of matches"] = (Some.Flag().When(Some.That("a", AttributeOperator.Matches, 1)), DiagnosticId.InvalidOperand, ".rules[0].when.matches"),
        ["operand of inNetwork"] = (Some.Flag().When(Some.That("a", AttributeOperator.InNetwork, "10.0.0.0/8")), DiagnosticId.InvalidOperand, ".rules[0].when.inNetwork"),
        ["number of buckets"] = (Some.Flag().When(new BucketCondition { Bucketing = new() { Algorithm = BucketAlgorithm.Md5Modulo }, Ranges = [] }), DiagnosticId.InvalidOperand, ".rules[0].when.buckets"),
        ["number of buckets of a step"] = (Some.Flag() with { Default = new StepsOutcome([new() { Serve = "on" }, new() { Serve = new BucketOutcome { Bucketing = new() { Algorithm = BucketAlgorithm.Murmur3Modulo, Buckets = 1L << 32 }, Shares = [] } }]) }, DiagnosticId.InvalidOperand, ".default.steps[1].bucket.buckets"),
        ["operand of exists"] = (Some.Flag().When(Some.That("a", AttributeOperator.Exists, 1)), DiagnosticId.InvalidOperand, ".rules[0].when.exists"),
        ["operand of hasAll"] = (Some.Flag().When(Some.That("a", AttributeOperator.HasAll, AttributeValue.List(AttributeValue.List()))), DiagnosticId.InvalidOperand, ".rules[0].when.hasAll"),
        ["expression"] = (Some.Flag().When(Some.That("a", AttributeOperator.Matches, "a(")), DiagnosticId.InvalidExpression, ".rules[0].when.matches"),
        ["expression that backtracks"] = (Some.Flag().When(Some.That("a", AttributeOperator.Matches, @"(a)\1")), DiagnosticId.InvalidExpression, ".rules[0].when.matches"),
        ["expression too large"] = (Some.Flag().When(Some.That("a", AttributeOperator.Matches, "(a{1,1000}){1,1000}")), DiagnosticId.ExpressionTooLarge, ".rules[0].when.matches"),
        ["expression too long"] = (Some.Flag().When(Some.That("a", AttributeOperator.Matches, new string('a', 1_001))), DiagnosticId.FlagLimitExceeded, ".rules[0].when.matches"),
        ["version range"] = (Some.Flag().When(Some.That("a", AttributeOperator.SemVer, ">=1.2")), DiagnosticId.InvalidVersionRange, ".rules[0].when.semver"),
        ["network"] = (Some.Flag().When(Some.That("a", AttributeOperator.InNetwork, new[] { "10.0.0.0/8", "10.0.0.1/8" })), DiagnosticId.InvalidNetwork, ".rules[0].when.inNetwork[1]"),
        ["instant"] = (Some.Flag().When(Some.That("a", AttributeOperator.Before, "2026-01-01")), DiagnosticId.InvalidTime, ".rules[0].when.before"),
        ["time zone"] = (Some.Flag().When(new ScheduleCondition { TimeZone = "Europe/Amsterdom" }), DiagnosticId.InvalidTime, ".rules[0].when.schedule"),
        ["time zone that is a path"] = (Some.Flag().When(new ScheduleCondition { TimeZone = "../../etc/passwd" }), DiagnosticId.InvalidTime, ".rules[0].when.schedule"),
        ["too many rules"] = (Some.Flag() with { Rules = [.. Enumerable.Repeat(new RuleDefinition { Serve = "on" }, 1_001)] }, DiagnosticId.FlagLimitExceeded, ""),
        ["too many variants"] = (Some.Text("flag", [.. Enumerable.Range(0, short.MaxValue + 1).Select(i => $"v{i}")]), DiagnosticId.FlagLimitExceeded, ".variants"),
    };

    private static RolloutOutcome Ramp(params RolloutStep[] steps) => new() { To = "on", Steps = steps };
}
