using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

namespace ProgressiveDelivery.Sdk.Backends.Tests;

/// <summary>Contexts without a key, with an empty one, or of other kinds only, answered as the backends' own libraries answer.</summary>
public sealed class KeylessContextTests
{
    private const string Canary = """
        {"flags":{"canary":{"on":true,"salt":"s","variations":[true,false],"fallthrough":{"rollout":{"variations":[{"variation":0,"weight":1000},{"variation":1,"weight":99000}]}}},
                  "off":{"on":false,"variations":[true,false],"offVariation":0},
                  "plain":{"on":true,"variations":[true,false],"fallthrough":{"variation":0}},
                  "child":{"on":true,"variations":[true,false],"prerequisites":[{"key":"plain","variation":0}],"fallthrough":{"variation":0}},
                  "byOrg":{"on":true,"salt":"s","variations":[true,false],"fallthrough":{"rollout":{"contextKind":"org","variations":[{"variation":0,"weight":1000},{"variation":1,"weight":99000}]}}}}}
        """;

    public static TheoryData<string, EvaluationContext> Invalid => new()
    {
        { "nothing", EvaluationContext.Empty },
        { "empty key", new EvaluationContext("") },
        { "attributes only", EvaluationContext.Empty.With("country", "DE") },
        { "attributes, and another kind", EvaluationContext.Empty.With("country", "DE").WithKind("org", new("o")) },
        { "empty key, and another kind", new EvaluationContext("").WithKind("org", new("o")) },
        { "another kind without a key", new EvaluationContext("u").WithKind("org", EvaluationContext.Empty.With("plan", "gold")) },
        { "another kind with an empty key", EvaluationContext.Empty.WithKind("org", new("")) },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void ContextWithoutAKeyGetsTheFallbackOfLaunchDarkly(string what, EvaluationContext context)
    {
        var snapshot = Asked.Of(new LaunchDarklyFormat(), Canary);

        foreach (var flag in (string[])["canary", "off", "plain", "child", "byOrg"])
        {
            foreach (var fallback in (bool[])[true, false])
            {
                var answer = snapshot.EvaluateBoolean(flag, context, fallback);
                (answer.Value, answer.Variant, answer.Reason).Should().Be((fallback, null, EvaluationReason.TargetingKeyMissing), what);
            }

            snapshot.EvaluateBoolean(flag, context).Error.Should().Contain("key");
            snapshot.Explain(flag, context).Reason.Should().Be(EvaluationReason.TargetingKeyMissing);
        }

        snapshot.EvaluateBoolean("unknown", context).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    [Fact]
    public void MissingKindIsAtTheFirstPositionOfLaunchDarkly()
    {
        var snapshot = Asked.Of(new LaunchDarklyFormat(), Canary);
        var organization = EvaluationContext.Empty.WithKind("org", new("org-7"));

        snapshot.IsEnabled("canary", organization).Should().BeTrue("without the kind, it is at 0");
        snapshot.IsEnabled("byOrg", new EvaluationContext("user-7")).Should().BeTrue("without the kind, it is at 0");
        snapshot.IsEnabled("byOrg", organization).Should().BeFalse();
        snapshot.EvaluateBoolean("off", organization).Reason.Should().Be(EvaluationReason.Off);
    }

    [Fact]
    public void StackContextWithoutAKeyGetsTheFallbackOfLaunchDarkly()
    {
        var snapshot = Asked.Of(new LaunchDarklyFormat(), Canary);

        snapshot.IsEnabled("plain", new StackContext(null), fallback: false).Should().BeFalse();
        snapshot.IsEnabled("plain", new StackContext(""), fallback: false).Should().BeFalse();
        snapshot.IsEnabled("canary", new StackContext(null), fallback: true).Should().BeTrue();
        snapshot.IsEnabled("plain", new StackContext("u"), fallback: false).Should().BeTrue();
    }

    [Fact]
    public void QuestionsOfKeylessContextsAllocateNothing()
    {
        var (snapshot, context) = (Asked.Of(new LaunchDarklyFormat(), Canary), new EvaluationContext("u").WithKind("org", new("")));

        Allocated.By(() => snapshot.IsEnabled("canary", context)).Should().Be(0);
    }

    public static TheoryData<string, AttributeValue, bool> Units => new()
    {
        { "text", "u", true },
        { "number", 7, true },
        { "true", true, true },
        { "zero", 0, false },
        { "zero with a point", 0.0, false },
        { "no number", double.NaN, false },
        { "false", false, false },
        { "empty", "", false },
        { "missing", default, false },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public void UnitThatCountsAsFalseIsMissingToGrowthBook(string what, AttributeValue unit, bool isPlaced)
    {
        var snapshot = Asked.Of(new GrowthBookFormat(), """
            {"features":{"forced":{"defaultValue":false,"rules":[{"force":true,"coverage":1,"hashAttribute":"account"}]},
                         "tried":{"defaultValue":false,"rules":[{"key":"e","hashAttribute":"account","variations":[true,true]}]},
                         "filtered":{"defaultValue":false,"rules":[{"force":true,"filters":[{"seed":"s","attribute":"account","ranges":[[0,1]]}]}]}}}
            """);
        var context = new EvaluationContext("somebody").With("account", unit);

        foreach (var flag in (string[])["forced", "tried", "filtered"])
            snapshot.IsEnabled(flag, context).Should().Be(isPlaced, what);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void TargetingKeyReplacesAMissingIdButNotAFalsyOne(string what, AttributeValue id, bool isPlaced)
    {
        var snapshot = Asked.Of(new GrowthBookFormat(), """{"features":{"f":{"defaultValue":false,"rules":[{"force":true,"coverage":1}]}}}""");

        snapshot.IsEnabled("f", new EvaluationContext("somebody").With("id", id)).Should().Be(isPlaced || id.IsNull, what);
    }

    [Fact]
    public void UserObjectOfConfigCatWithoutIdentifierIsPlacedByTheEmptyText()
    {
        var snapshot = Asked.Of(new ConfigCatFormat(), """
            {"p":{},"f":{"f":{"t":1,"p":[{"p":50,"v":{"s":"a"}},{"p":50,"v":{"s":"b"}}],"v":{"s":"default"}},
                         "g":{"t":1,"a":"team","p":[{"p":100,"v":{"s":"a"}}],"v":{"s":"default"}}}}
            """);
        var placed = snapshot.GetString("f", new EvaluationContext(""), null);

        placed.Should().BeOneOf("a", "b");
        snapshot.GetString("f", EvaluationContext.Empty.With("Email", "a@example.com"), null).Should().Be(placed);
        snapshot.GetString("f", EvaluationContext.Empty, null).Should().Be("default", "there is no user");
        snapshot.GetString("g", new EvaluationContext("u"), null).Should().Be("default", "only the identifier is there when it is not");
    }
}
