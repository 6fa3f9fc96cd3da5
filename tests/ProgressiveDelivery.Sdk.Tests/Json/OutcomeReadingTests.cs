using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class OutcomeReadingTests
{
    [Fact]
    public void TextIsAVariant() => Serve<VariantOutcome>("\"yes\"").Variant.Should().Be("yes");

    [Fact]
    public void SplitKeepsTheOrderOfItsWeights()
    {
        var split = Serve<SplitOutcome>("""{ "split": { "yes": 2.5, "no": 0, "gone": null, "maybe": 1e-4 }, "by": ["a", "b"], "salt": "s" }""");

        split.Weights.Should().Equal(new WeightedVariant("yes", 2.5m), new("no", 0), new("maybe", 0.0001m));
        split.By.Should().Equal("a", "b");
        split.Salt.Should().Be("s");
    }

    [Fact]
    public void RolloutIsReadWithPercent()
    {
        var rollout = Serve<RolloutOutcome>("""{ "rollout": { "to": "yes", "percent": 5e-05, "by": "device" }, "else": "no" }""");

        rollout.Should().BeEquivalentTo(new RolloutOutcome { To = "yes", Percent = 0.00005m, By = ["device"], Else = "no" }, options => options.RespectingRuntimeTypes());
    }

    [Fact]
    public void RolloutIsReadWithSteps()
    {
        var rollout = Serve<RolloutOutcome>("""{ "rollout": { "to": { "split": { "yes": 1 } }, "curve": "linear", "steps": [ { "at": "2026-12-01T00:00:00Z", "percent": 1 } ] } }""");

        rollout.To.Should().BeOfType<SplitOutcome>();
        rollout.Curve.Should().Be(RolloutCurve.Linear);
        rollout.Steps.Should().Equal(new RolloutStep(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), 1));
        rollout.Percent.Should().BeNull();
    }

    [Fact]
    public void ExperimentIsRead()
    {
        var experiment = Serve<ExperimentOutcome>("""
            { "experiment": { "key": "e", "split": { "yes": 1 }, "layer": "l", "slots": [0, 1e6], "holdout": "h", "else": "no",
                              "sticky": { "version": 2, "minimumVersion": 1 }, "by": "b", "salt": "s" } }
            """);

        experiment.Should().BeEquivalentTo(new ExperimentOutcome
        {
            Key = "e",
            Split = [new("yes", 1)],
            Layer = "l",
            Slots = new(0, 1_000_000),
            Holdout = "h",
            Else = "no",
            Sticky = new() { Version = 2, MinimumVersion = 1 },
            By = ["b"],
            Salt = "s",
        });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"roll\": 1 }")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{ \"split\": { \"yes\": 1 }, \"rollout\": { \"to\": \"yes\", \"percent\": 5 } }")]
    [InlineData("{ \"rollout\": { \"to\": 5, \"percent\": 5 } }")]
    [InlineData("{ \"rollout\": { \"to\": {}, \"percent\": 5 } }")]
    [InlineData("{ \"rollout\": { \"to\": { \"rollout\": { \"to\": \"yes\", \"percent\": 5 } }, \"percent\": 5 } }")]
    public void ServeOfNoFormIsMalformed(string serve) => Documents.ReadServe(serve).ShouldBeMalformed("PD1119").Path.Should().StartWith("$.flags['f'].default");

    [Fact]
    public void RuleWithoutServeIsMalformed() =>
        Documents.ReadFlag(""" "rules": [ { "id": "a" } ] """).ShouldBeMalformed("PD1119").Path.Should().Be("$.flags['f'].rules[0]");

    [Theory]
    [InlineData("{ \"split\": [] }", "split")]
    [InlineData("{ \"split\": { \"yes\": 1 }, \"by\": 5 }", "by")]
    [InlineData("{ \"split\": { \"yes\": 1 }, \"salt\": 5 }", "salt")]
    [InlineData("{ \"rollout\": [] }", "rollout")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"percent\": 5 }, \"else\": 1 }", "else")]
    [InlineData("{ \"rollout\": { \"percent\": 5 } }", "rollout")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"percent\": \"5\" } }", "rollout.percent")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"percent\": 1e-30 } }", "rollout.percent")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"percent\": 1e30 } }", "rollout.percent")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"percent\": 12.00000000000000000000000000001 } }", "rollout.percent")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"steps\": {} } }", "rollout.steps")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"steps\": [ 5 ] } }", "rollout.steps[0]")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"steps\": [ { \"percent\": 5 } ] } }", "rollout.steps[0]")]
    [InlineData("{ \"rollout\": { \"to\": \"yes\", \"percent\": 5, \"curve\": \"Linear\" } }", "rollout.curve")]
    [InlineData("{ \"experiment\": [] }", "experiment")]
    [InlineData("{ \"experiment\": { \"split\": { \"yes\": 1 } } }", "experiment")]
    [InlineData("{ \"experiment\": { \"key\": \"e\" } }", "experiment")]
    [InlineData("{ \"experiment\": { \"key\": \"e\", \"split\": { \"yes\": 1 }, \"slots\": [ 0 ] } }", "experiment.slots")]
    [InlineData("{ \"experiment\": { \"key\": \"e\", \"split\": { \"yes\": 1 }, \"slots\": [ 0, 0.5 ] } }", "experiment.slots")]
    [InlineData("{ \"experiment\": { \"key\": \"e\", \"split\": { \"yes\": 1 }, \"sticky\": 1 } }", "experiment.sticky")]
    [InlineData("{ \"experiment\": { \"key\": \"e\", \"split\": { \"yes\": 1 }, \"sticky\": {} } }", "experiment.sticky")]
    [InlineData("{ \"experiment\": { \"key\": \"e\", \"split\": { \"yes\": 1 }, \"sticky\": { \"version\": 1.5 } } }", "experiment.sticky.version")]
    public void WrongFormInsideIsMalformed(string serve, string path) =>
        Documents.ReadServe(serve).ShouldBeMalformed("PD1101").Path.Should().Be("$.flags['f'].default." + path);

    [Theory]
    [InlineData("\"5\"")]
    [InlineData("true")]
    [InlineData("1e30")]
    public void WeightThatIsNoNumberIsMalformed(string weight) =>
        Documents.ReadServe($$"""{ "split": { "yes": {{weight}} } }""").ShouldBeMalformed("PD1108").Path.Should().Be("$.flags['f'].default.split['yes']");

    [Fact]
    public void StepWithoutOffsetIsMalformed() =>
        Documents.ReadServe("""{ "rollout": { "to": "yes", "steps": [ { "at": "2026-12-01T00:00:00", "percent": 1 } ] } }""")
            .ShouldBeMalformed("PD1115").Path.Should().Be("$.flags['f'].default.rollout.steps[0].at");

    private static T Serve<T>(string serve)
        where T : OutcomeDefinition
    {
        var flag = Documents.ReadServe(serve).Flag();
        flag.Defect.Should().BeNull();
        return flag.Default.Should().BeOfType<T>().Subject;
    }
}
