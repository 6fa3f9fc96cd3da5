using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>A clause, target or rollout that names no kind is about the kind <c>user</c>, whatever the main context is.</summary>
public sealed class LaunchDarklyMainKindTests
{
    private static readonly EvaluationContext Account = new("acme") { ["plan"] = "gold" };
    private static readonly EvaluationContext User = new("ada") { ["plan"] = "free" };

    private static readonly LaunchDarklyFormat OfAccounts = new(new() { MainKind = "account" });

    [Theory]
    [InlineData("""{"targets":[{"variation":0,"values":["ada"]}]}""")]
    [InlineData("""{"targets":[{"variation":0,"values":["ada"]}],"contextTargets":[{"contextKind":"user","variation":0,"values":[]}]}""")]
    [InlineData("""{"targets":[{"variation":0,"values":["ada"]}],"contextTargets":[{"contextKind":"","variation":0,"values":[]}]}""")]
    [InlineData("""{"rules":[{"clauses":[{"attribute":"plan","op":"in","values":["free"]}],"variation":0}]}""")]
    [InlineData("""{"rules":[{"clauses":[{"attribute":"key","op":"in","values":["ada"]}],"variation":0}]}""")]
    [InlineData("""{"rules":[{"clauses":[{"contextKind":"","attribute":"/plan","op":"in","values":["free"]}],"variation":0}]}""")]
    [InlineData("""{"rules":[{"clauses":[{"op":"segmentMatch","values":["people"]}],"variation":0}]}""")]
    public void WithoutAKindItIsTheUser(string flag)
    {
        var snapshot = Asked.Of(OfAccounts, Document(flag));

        snapshot.IsEnabled("f", Account.WithKind("user", User)).Should().BeTrue();
        snapshot.IsEnabled("f", Account).Should().BeFalse();
        snapshot.IsEnabled("f", User).Should().BeFalse("here it is an account that is named like the user");
        Asked.Of(new LaunchDarklyFormat(), Document(flag)).IsEnabled("f", User).Should().BeTrue("by default the main context is the user");
    }

    [Theory]
    [InlineData("""{"contextTargets":[{"contextKind":"account","variation":0,"values":["acme"]}]}""")]
    [InlineData("""{"rules":[{"clauses":[{"contextKind":"account","attribute":"plan","op":"in","values":["gold"]}],"variation":0}]}""")]
    [InlineData("""{"rules":[{"clauses":[{"op":"segmentMatch","values":["accounts"]}],"variation":0}]}""")]
    public void MainKindIsAsked(string flag)
    {
        var snapshot = Asked.Of(OfAccounts, Document(flag));

        snapshot.IsEnabled("f", Account).Should().BeTrue();
        snapshot.IsEnabled("f", new EvaluationContext("other").WithKind("user", new("acme") { ["plan"] = "gold" })).Should().BeFalse();
    }

    [Fact]
    public void RolloutWithoutAKindPlacesTheUser()
    {
        const string rollout = """{"fallthrough":{"rollout":{"variations":[{"variation":0,"weight":50000},{"variation":1,"weight":50000}]}}}""";
        var (ofAccounts, ofUsers) = (Asked.Of(OfAccounts, Document(rollout)), Asked.Of(new LaunchDarklyFormat(), Document(rollout)));
        EvaluationContext[] users = [.. Enumerable.Range(0, 50).Select(i => new EvaluationContext($"user-{i}"))];

        bool[] answers = [.. users.Select(user => ofAccounts.IsEnabled("f", Account.WithKind("user", user)))];

        answers.Should().Equal(users.Select(user => ofUsers.IsEnabled("f", user))).And.Contain(true).And.Contain(false);
    }

    private static string Document(string members) => $$"""
        {"flags":{"f":{"on":true,"salt":"s","variations":[true,false],{{(members.Contains("fallthrough", StringComparison.Ordinal) ? "" : "\"fallthrough\":{\"variation\":1},")}}{{members[1..]}} },
         "segments":{"people":{"included":["ada"]},"accounts":{"includedContexts":[{"contextKind":"account","values":["acme"]}]} } }
        """;
}
