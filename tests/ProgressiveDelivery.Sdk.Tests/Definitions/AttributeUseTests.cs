using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Definitions;

/// <summary>The references to the context that a flag reads.</summary>
public sealed class AttributeUseTests
{
    [Fact]
    public void ReferencesOfRulesSegmentsPrerequisitesAndUnitsAreFound()
    {
        var snapshot = Some.Snapshot(
            Some.Flag().Requiring("other", "on")
                .When(new AllCondition([Some.Equal("country", "NL"), new NotCondition(new AnyCondition([Some.Equal("/address/city", "Gent"), new SegmentCondition("beta")]))]))
                .When(new BetweenCondition { Clock = "signedUp" }, Some.Rollout(5) with { By = ["organization:id", "company"], To = Some.Split(("on", 1), ("off", 1)) with { By = ["device"] } })
                .When(new UnknownOperatorCondition { Attribute = "newer", Operator = "x" })
                with
            { Default = Some.Experiment("e", ("on", 1)) with { Layer = "layer", Holdout = "holdout", By = ["user"] } },
            Some.Flag("other").When(Some.Equal("organization:plan", "gold")).When(new FlagCondition { Flag = "third", Variants = ["on"] }),
            Some.Flag("third") with { Default = Some.Split(("on", 1)) },
            Some.Flag("unrelated").When(Some.Equal("unrelated", 1))) with
        {
            Segments = [new() { Name = "beta", Include = ["x"], By = ["email"], When = new SegmentCondition("inner") }, new() { Name = "inner", When = Some.Equal("age", 3), By = ["unread"] }],
            Layers = [new() { Name = "layer", By = ["session"] }],
            Holdouts = [new() { Name = "holdout", Percent = 5 }],
        };

        Of(snapshot).Should().Equal(
            "/address/city", "age", "company", "country", "device", "email", "newer", "organization:id", "organization:plan", "session", "signedUp", "targetingKey", "user");
    }

    [Fact]
    public void FlagWithoutRulesReadsNothing() => Of(Some.Snapshot(Some.Flag())).Should().BeEmpty();

    [Fact]
    public void FormsOfOtherBackendsTellWhatTheyCan()
    {
        var bucketing = new BucketingDefinition { Algorithm = BucketAlgorithm.Md5Modulo, Buckets = 100, By = ["bucket"] };
        var snapshot = Some.Snapshot(
            Some.Flag()
                .When(new BucketCondition { Bucketing = bucketing, Ranges = [] })
                .When(new ExpressionCondition(Expression(ExpressionOperator.And, Variable("user.e/mail"), Variable("plain"), Variable("$ctx.flagKey"), Variable("given"), Expression(ExpressionOperator.Missing, new LiteralExpression("absent")), Variable(""))) { Scope = new() { Surroundings = "$ctx", Given = AttributeValue.Object([new("given", 1)]) } })
                .When(new AttributeCondition { Attribute = "5f4dcc3b", NameHash = OperandHash.Md5, Operator = AttributeOperator.Exists, Operand = true })
                .When(new FlagExpressionCondition { Flag = "other", Values = [], Expression = Variable("no attribute") })
                .When(null, new StepsOutcome([new() { When = Some.Equal("step", 1), Serve = new BucketOutcome { Bucketing = bucketing with { By = null }, Shares = [] } }]))
                .When(null, new StickyOutcome { Key = "k", Sticky = new() { Version = 1 }, Bucketing = bucketing, By = [new() { Name = "id", References = ["account", "device"] }], Variants = [], Serve = new ExpressionOutcome(new FractionalExpression { Shares = [] }) }),
            Some.Flag("other") with { RequiresKeys = true });

        Of(snapshot).Should().Equal("/user/e~1mail", "absent", "account", "bucket", "device", "plain", "step", "targetingKey");
    }

    [Fact]
    public void DependenciesInACycleAndWithoutEndAreFollowedOnce()
    {
        var flags = Enumerable.Range(0, 5_000).Select(i => Some.Flag($"f{i}").Requiring($"f{(i + 1) % 5_000}", "on").When(Some.Equal($"a{i}", 1)));

        Of(Some.Snapshot([.. flags]), "f7").Should().HaveCount(5_000);
        Of(Some.Snapshot(Some.Flag().When(new SegmentCondition("undefined")))).Should().BeEmpty();
    }

    [Fact]
    public void ConditionsNestedWithoutEndEndTheSearch()
    {
        var when = Some.Equal("deep", 1);
        for (var i = 0; i < 100_000; i++)
            when = new NotCondition(when);

        Of(Some.Snapshot(Some.Flag().When(when))).Should().BeEmpty();
    }

    [Fact]
    public void SnapshotDescribesThemOnFirstAccess()
    {
        var definition = Some.Snapshot(Some.Flag().When(Some.Equal("country", "NL")));
        var snapshot = new Sdk.Snapshots.FeatureSnapshot(definition.Compile().Rules, SnapshotOrigin.Source, Some.Services()) { Definition = definition };

        snapshot.Flags.Single().Attributes.Should().Equal("country");
        snapshot.Flags.Single().Attributes.Should().BeSameAs(snapshot.Flags.Single().Attributes);
        Some.Flag().Open().Flags.Single().Attributes.Should().BeEmpty("there is no definition to read");
    }

    private static IReadOnlyList<string> Of(SnapshotDefinition snapshot, string flag = "flag") => new AttributeUse(snapshot).Of(snapshot.Flags.Single(one => one.Key == flag));

    private static OperationExpression Variable(string path) => Expression(ExpressionOperator.Variable, new LiteralExpression(path));

    private static OperationExpression Expression(ExpressionOperator name, params ExpressionDefinition[] operands) => new() { Operator = name, Operands = operands };
}
