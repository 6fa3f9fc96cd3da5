using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A scope of dependency injection that is a unit of work.</summary>
public sealed class FeatureScopeBindingTests
{
    private static readonly FeatureFlag<bool> ByPlan = new("by-plan", false);

    [Fact]
    public async Task RulesAreFrozenFromBeginToEnd()
    {
        var test = new BoundScope();
        await test.PublishAsync(2, "off");
        test.Client.IsEnabled("by-plan").Should().BeFalse();
        test.Binding.Begin(reader: null);

        await test.PublishAsync(3, "on");
        Answer(test.Client).Should().Be((false, 2));
        Answer(test.Root.GetRequiredService<IFeatureClient>()).Should().Be((true, 3));

        test.Binding.End();
        test.Binding.End();
        Answer(test.Client).Should().Be((true, 3));
        var kept = test.Client;
        test.Dispose();
        Answer(kept).Should().Be((true, 3));
    }

    [Fact]
    public async Task ScopeThatFollowsHasTheLiveRulesAndAContext()
    {
        var test = new BoundScope();
        await test.PublishAsync(2, "off");
        test.Binding.Follow(new Gold());
        Answer(test.Client).Should().Be((true, 2));

        await test.PublishAsync(3, "off");

        Answer(test.Client).Should().Be((true, 3));
        test.Binding.Scope.Should().BeNull();
    }

    [Fact]
    public async Task UnitOfWorkThatFollowsLetsGoOfItsRules()
    {
        var test = new BoundScope();
        await test.PublishAsync(2, "off");
        var work = test.Binding.Begin(new Gold());
        test.Client.IsEnabled("by-plan").Should().BeTrue();

        test.Binding.Follow(reader: null);
        await test.PublishAsync(3, "on");

        Answer(test.Client).Should().Be((true, 3));
        (work.Version, work.Given.Count, test.Binding.Scope).Should().Be((3, 0, (IFeatureScope?)null), "what holds the unit of work, such as a middleware, must not hold its rules");
    }

    [Fact]
    public async Task EachQuestionWithoutAContextHasThatOfTheScope()
    {
        var test = new BoundScope();
        await test.PublishAsync(2, "off");
        var features = test.Client;
        Answers().Should().AllBeEquivalentTo(false);

        test.Binding.Begin(new Gold());

        Answers().Should().AllBeEquivalentTo(true);
        features.IsEnabled("by-plan", EvaluationContext.Empty).Should().BeFalse("a question with a context has that one");
        features.Explain("by-plan").ToString().Should().Contain("gold");
        test.Binding.End();
        Answers().Should().AllBeEquivalentTo(false);

        bool[] Answers() => [features.IsEnabled("by-plan"), features.IsEnabled("by-plan", fallback: true), features.IsEnabled(ByPlan), features.Get(ByPlan), features.Evaluate(ByPlan).Value];
    }

    [Fact]
    public async Task ReportedOutcomeIsThatOfTheVariantsGiven()
    {
        var test = new BoundScope();
        await test.PublishAsync(2, "off");
        var scope = test.Binding.Begin(new Gold());

        test.Client.IsEnabled("by-plan");

        scope.Given.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "by-plan", Variant = "on" });
        test.Services.GetRequiredService<IFeatureScope>().Should().BeSameAs(scope);
    }

    [Fact]
    public void SecondCallOfBindScopesChangesNothing()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromDocument(BoundScope.Document(1, "on")).BindScopes().BindScopes());

        services.Count(service => service.ServiceType == typeof(FeatureScopeBinding)).Should().Be(1);
    }

    private static (bool Value, long? Version) Answer(IFeatureClient features) => (features.Evaluate(ByPlan).Value, features.Evaluate(ByPlan).SnapshotVersion);

    private sealed class Gold : ContextReader
    {
        protected override IEnumerable<string> AttributeNames => ["plan"];

        protected override string? ReadKey() => "ada";

        protected override AttributeValue ReadAttribute(string name) => name == "plan" ? "gold" : default(AttributeValue);
    }
}
