using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed class ExplanationTests
{
    private static readonly EvaluationContext User = new EvaluationContext("user-17") { ["country"] = "NL", ["email"] = "zoe@secret.example", ["version"] = "4.2" }
        .WithPrivate("email");

    private static readonly SnapshotDefinition Checkout = Some.Snapshot(
        Some.Flag("payments").When(new SegmentCondition("staff")).When(Some.Equal("country", "NL")),
        (Some.Flag("checkout") with { OffVariant = "off" })
            .Requiring("payments", "on")
            .When(new AllCondition([Some.That("email", AttributeOperator.EndsWith, new[] { "@acme.example" }), Some.Equal("missing", 1)]), id: "staff")
            .When(new AnyCondition([new NotCondition(Some.Equal("country", "NL")), Some.That("version", AttributeOperator.SemVer, ">=4.2.0")]))
            .When(new ScheduleCondition { Days = [DayOfWeek.Sunday], TimeZone = "Europe/Amsterdam" }, Some.Rollout(100))
            .When(new BetweenCondition { From = Some.Monday }, Some.Rollout(12.5m, Some.Split(("on", 3), ("off", 1))) with { Salt = "canary" }, "canary"),
        Some.Text("banner", "control", "short") with
        {
            Default = Some.Experiment("banner-q4", ("control", 1), ("short", 1)) with { Layer = "home", Slots = new(0, 900_000), Holdout = "q4", Else = "control", Sticky = new() { Version = 2, MinimumVersion = 1 } },
        }) with
    {
        Version = 1042,
        Segments = [Some.Segment("staff", Some.That("email", AttributeOperator.Exists, false)) with { Include = ["u-1"] }],
        Layers = [new() { Name = "home", Salt = "home-2026" }],
        Holdouts = [new() { Name = "q4", Percent = 5 }],
    };

    [Theory]
    [InlineData("red", "\"red\"")]
    [InlineData("say \"é\"\n", "\"say \\\"é\\\"\\n\"")]
    public void ValueIsJson(string value, string json)
    {
        var explanation = Some.Of("flag", FlagType.String, value).Open().Explain("flag", new("u"));

        explanation.Value.Should().Be(json);
    }

    [Fact]
    public void ConditionThatCannotBeJudgedSaysWhy()
    {
        var asks = Some.Flag("asks").When(new FlagCondition { Flag = "missing", Variants = ["on"] }).When(new FlagCondition { Flag = "broken", Variants = ["on"] }).When(new UnknownOperatorCondition { Attribute = "a", Operator = "sounds-like" });

        Some.Snapshot(asks, Some.Flag("broken") with { Default = "none" }).Open().Explain("asks", User).ToString().Should()
            .Contain("there is no such flag").And.Contain("that flag is quarantined").And.Contain("sounds-like");
    }

    [Fact]
    public void HalfACharacterIsShownAsOneThatIsUnknown() =>
        Some.Of("flag", FlagType.String, "\ud800").Open().Explain("flag", new("u")).Value.Should().Be("\"\\uFFFD\"");

    [Fact]
    public void TextShowsEachRuleAndConditionAndWhy() => Checkout.Open().Explain("checkout", User).ToString().ReplaceLineEndings("\n").Should().Be("""
        checkout → off (false), Default (snapshot 1042, Source)
          ✓ Enabled checkout
          ✓ Prerequisite payments is on
            ✓ Enabled payments
            ✗ Rule #1
              ✗ Segment staff
                ✗ Condition email exists false
            ✓ Rule #2
              ✓ Condition country equals "NL": it is "NL"
          ✗ Rule staff
            ✗ Condition all of 2
              ✗ Condition email endsWith ["@acme.example"]: it is (private)
          ✗ Rule #2
            ? Condition any of 2
              ✗ Condition not
                ✓ Condition country equals "NL": it is "NL"
              ? Condition version semver ">=4.2.0": it is "4.2", which this test cannot judge
          ✗ Rule #3
            ✗ Condition schedule Sun 00:00–24:00 Europe/Amsterdam: there it is Mon 13:00:00
          ✗ Rule canary
            ✓ Condition between 2026-11-23T12:00:00Z and …: now is 2026-11-23T12:00:00Z
            ✗ Rollout 12.5 % [position 828823 of 1000000, in 0…124999? no; salt "canary", by targetingKey]
          ✓ Default checkout

        """);

    [Fact]
    public void TextShowsHowAnExperimentPlacesAUnit()
    {
        var text = Checkout.Open().Explain("banner", new("user-1")).ToString();

        text.Should().Contain("Experiment banner-q4").And.Contain("Holdout q4 [position").And.Contain("salt \"q4\"")
            .And.Contain("Layer home [position").And.Contain("salt \"home-2026\"").And.Contain("salt \"banner-q4/split\", by targetingKey");
    }

    [Fact]
    public void StructureHoldsWhatTheTextSays()
    {
        var explanation = Checkout.Open().Explain("checkout", User);

        explanation.Should().BeEquivalentTo(new { Flag = "checkout", Type = FlagType.Boolean, Variant = "off", Value = "false", Reason = EvaluationReason.Default, SnapshotVersion = 1042L, Origin = SnapshotOrigin.Source });
        explanation.Steps.Select(step => (step.Kind, step.Subject, step.Outcome)).Should().Equal(
            (ExplanationKind.Enabled, "checkout", ExplanationOutcome.Yes),
            (ExplanationKind.Prerequisite, "payments is on", ExplanationOutcome.Yes),
            (ExplanationKind.Rule, "staff", ExplanationOutcome.No),
            (ExplanationKind.Rule, "#2", ExplanationOutcome.No),
            (ExplanationKind.Rule, "#3", ExplanationOutcome.No),
            (ExplanationKind.Rule, "canary", ExplanationOutcome.No),
            (ExplanationKind.Default, "checkout", ExplanationOutcome.Yes));
        explanation.Steps[5].Steps[1].Bucket.Should().Be(new BucketExplanation("canary", "targetingKey", 828823, 0, 125_000));
    }

    [Fact]
    public void PrivateValuesNeverAppear()
    {
        var context = User.With("address", AttributeValue.Object([new("street", "secret")])).With("ip", "10.9.8.7").With("roles", new[] { "secret" })
            .WithPrivate("targetingKey", "address", "ip", "roles")
            .WithKind("organization", new EvaluationContext("secret-org") { ["plan"] = "secret" }.WithPrivate("plan", "targetingKey"));
        ConditionDefinition[] tests =
        [
            Some.Equal("targetingKey", "x"), Some.Equal("/address/street", "x"), Some.That("ip", AttributeOperator.InNetwork, new[] { "10.0.0.0/8" }),
            Some.That("roles", AttributeOperator.HasAny, new[] { "x" }), Some.Equal("organization:plan", "x"), Some.Equal("organization:targetingKey", "x"),
            Some.That("email", AttributeOperator.Before, "2026-01-01T00:00:00Z"), Some.Equal("address", "x"), new SegmentCondition("listed"),
        ];
        var flag = tests.Aggregate(Some.Flag(), (flag, test) => flag.When(test)) with { Default = Some.Rollout(100) with { By = ["organization:plan", "ip"] } };
        var flags = (Some.Snapshot(flag) with { Segments = [Some.Segment("listed") with { Include = ["x"] }] }).Open();

        var text = flags.Explain("flag", context).ToString();

        text.Should().NotContain("secret").And.NotContain("user-17").And.NotContain("10.9.8.7").And.Contain("(private)");
    }

    [Fact]
    public void MissingUnitIsExplained() =>
        Checkout.Open().Explain("banner", EvaluationContext.Empty).ToString().Should().Contain("? Split targetingKey: the context has no such unit");

    [Fact]
    public void StoredAssignmentIsExplained()
    {
        var assignments = new AssignmentMemory(10);
        assignments.Store("banner-q4", "user-1", new(2, "short"));
        var flags = Checkout.Open(Some.Services(assignments: assignments));

        flags.Explain("banner", new("user-1")).ToString().Should().Contain("Assignment short at version 2: stored at this version: served as it is");
        flags.Explain("banner", new("user-1")).Variant.Should().Be("short");
    }

    [Fact]
    public void UnknownAndMalformedFlagsAreExplainedByTheirError()
    {
        var flags = Some.Snapshot(Some.Flag("malformed") with { Default = "none" }).Open();

        flags.Explain("malformed", User).ToString().Should().StartWith("malformed → the caller's fallback, Error").And.Contain("'none' is not among its variants");
        flags.Explain("unknown", User).ToString().Should().StartWith("unknown → the caller's fallback, FlagNotFound").And.Contain("no such flag");
    }
}
