using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Contexts;

/// <summary>The context of a question: the one given, or the accessor's, or the scope's.</summary>
public sealed class ContextTests
{
    private static readonly FlagDefinition[] Flags =
    [
        Some.FlagFor("ada", "ada"),
        Some.FlagFor("staff", "groups", AttributeOperator.HasAny, new[] { "staff" }),
        Some.FlagFor("nl", "country", AttributeOperator.Equals, "NL"),
        Some.FlagFor("teams", "teams", AttributeOperator.HasAny, new[] { "staff" }),
        Some.FlagFor("acme", "organization:name", AttributeOperator.Equals, "acme"),
        Some.Of("who", FlagType.String, "?") with
        {
            Variants = [new() { Name = "anonymous", Value = "a" }, new() { Name = "known", Value = "k" }],
            Default = "anonymous",
            Rules = [new() { When = new AttributeCondition { Attribute = "targetingKey", Operator = AttributeOperator.Exists, Operand = true }, Serve = "known" }],
        },
    ];

    [Fact]
    public async Task TargetingContextIsKeyAndGroups()
    {
        await using var services = Some.Services(Flags);
        var manager = services.Manager();

        (await manager.IsEnabledAsync("ada", Some.User("ada"))).Should().BeTrue();
        (await manager.IsEnabledAsync("ada", Some.User("eve"))).Should().BeFalse();
        (await manager.IsEnabledAsync<ITargetingContext>("staff", Some.User("eve", "x", "staff"))).Should().BeTrue();
        (await manager.IsEnabledAsync("staff", Some.User("eve", "x"))).Should().BeFalse();
        (await manager.IsEnabledAsync("staff", new TargetingContext { UserId = "eve", Groups = [null!, "staff"] })).Should().BeTrue();
        (await manager.IsEnabledAsync("staff", new TargetingContext())).Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task NoUserIsAnonymous(string? user)
    {
        await using var services = Some.Services(Flags);

        (await services.VariantManager().GetVariantAsync("who", Some.User(user))).Name.Should().Be("anonymous");
        (await services.VariantManager().GetVariantAsync("who", Some.User("ada"))).Name.Should().Be("known");
    }

    [Fact]
    public async Task GroupsCanHaveAnotherName()
    {
        await using var services = Some.Services(Flags, options: managers => managers.GroupsAttribute = "teams");

        (await services.Manager().IsEnabledAsync("teams", Some.User("eve", "staff"))).Should().BeTrue();
        (await services.Manager().IsEnabledAsync("staff", Some.User("eve", "staff"))).Should().BeFalse();
    }

    [Fact]
    public async Task OwnContextIsTakenAsItIs()
    {
        await using var services = Some.Services(Flags);

        (await services.Manager().IsEnabledAsync("nl", new EvaluationContext("eve") { ["country"] = "NL" })).Should().BeTrue();
    }

    [Fact]
    public async Task ContextOfTheApplicationIsMapped()
    {
        await using var services = Some.Services(Flags, options: managers => managers
            .AddContext<IPerson>(_ => new("interface"))
            .AddContext<Person>(person => new(person.Name))
            .AddContext<TargetedPerson>(person => new EvaluationContext("mapped") { ["country"] = person.Country })
            .AddContext<string>(_ => null));
        var manager = services.VariantManager();

        (await manager.IsEnabledAsync("ada", new Person("ada"))).Should().BeTrue();
        (await manager.IsEnabledAsync<IPerson>("ada", new Person("ada"))).Should().BeTrue("the object's own type counts");
        (await manager.IsEnabledAsync("ada", new OtherPerson("ada"))).Should().BeFalse("its interface is mapped to another user");
        (await manager.IsEnabledAsync("nl", new TargetedPerson { UserId = "eve", Country = "NL" })).Should().BeTrue("a mapping comes before that of ITargetingContext");
        (await manager.IsEnabledAsync("nl", new TargetedPerson { UserId = "eve", Country = "BE" })).Should().BeFalse();
        (await manager.IsEnabledAsync("ada", "ada")).Should().BeFalse("null is anonymous");
    }

    [Fact]
    public async Task FaultOfAMappingReachesTheCaller()
    {
        await using var services = Some.Services(Flags, options: managers => managers.AddContext<Person>(_ => throw new InvalidTimeZoneException()));

        await services.Manager().Awaiting(manager => manager.IsEnabledAsync("ada", new Person("ada"))).Should().ThrowAsync<InvalidTimeZoneException>();
    }

    [Fact]
    public async Task UnknownContextIsThatOfTheScopeAndLoggedOnce()
    {
        var logs = new FakeLogCollector();
        await using var services = Some.Services(Flags, more => more.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(logs)).AddSingleton<ITargetingContextAccessor>(new FakeAccessor { Context = () => Some.User("ada") }));

        for (var i = 0; i < 2; i++)
            (await services.Manager().IsEnabledAsync("ada", new Person("eve"))).Should().BeTrue();

        logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2091).Which.Message.Should().Contain("Person").And.Contain("AddContext").And.NotContain("eve");
    }

    [Fact]
    public async Task AccessorIsReadForEachQuestionThatBringsNoContext()
    {
        var accessor = new FakeAccessor();
        await using var services = Some.Services(Flags, more => more.AddSingleton<ITargetingContextAccessor>(accessor));

        (await services.Manager().IsEnabledAsync("ada")).Should().BeFalse();
        accessor.Context = () => Some.User("ada", "staff");
        (await services.Manager().IsEnabledAsync("ada")).Should().BeTrue();
        (await services.Manager().IsEnabledAsync("staff")).Should().BeTrue();
        (await services.VariantManager().GetVariantAsync("who")).Name.Should().Be("known");
        (await services.Manager().IsEnabledAsync("ada", Some.User("eve"))).Should().BeFalse();
    }

    [Fact]
    public async Task AccessorThatFailsIsNoAccessor()
    {
        var logs = new FakeLogCollector();
        var accessor = new FakeAccessor { Context = () => throw new InvalidTimeZoneException() };
        await using var services = Some.Services(Flags, more => more.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(logs)).AddSingleton<ITargetingContextAccessor>(accessor));

        for (var i = 0; i < 2; i++)
            (await services.VariantManager().GetVariantAsync("who")).Name.Should().Be("anonymous");

        logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2092).Which.Exception.Should().BeOfType<InvalidTimeZoneException>();
    }

    [Fact]
    public async Task ScopeHasTheContextOfItsUnitOfWork()
    {
        await using var services = Bound();
        using var scope = services.CreateScope();
        var reader = new FakeReader(new EvaluationContext("ada") { ["country"] = "NL", ["plan"] = "pro" });
        scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(reader);

        foreach (var manager in new[] { scope.ServiceProvider.Manager(), scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>() })
        {
            (await manager.IsEnabledAsync("ada")).Should().BeTrue();
            (await manager.IsEnabledAsync("nl")).Should().BeTrue();
        }

        reader.Read.Should().Equal(["country"], "only what a rule asks for is read");
        (await services.Manager().IsEnabledAsync("nl")).Should().BeFalse("a singleton is in no scope");
    }

    [Fact]
    public async Task AccessorGivesUserAndGroupsAndTheScopeTheRest()
    {
        var accessor = new FakeAccessor { Context = () => Some.User("ada") };
        await using var services = Bound(more => more.AddSingleton<ITargetingContextAccessor>(accessor));
        using var scope = services.CreateScope();
        var context = new EvaluationContext("eve") { ["country"] = "NL", ["groups"] = new[] { "staff" } }.WithKind("organization", new("o1") { ["name"] = "acme" });
        scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(new FakeReader(context));
        var manager = scope.ServiceProvider.VariantManager();

        (await manager.IsEnabledAsync("ada")).Should().BeTrue();
        (await manager.IsEnabledAsync("nl")).Should().BeTrue();
        (await manager.IsEnabledAsync("acme")).Should().BeTrue();
        (await manager.IsEnabledAsync("staff")).Should().BeFalse("the groups are those of the accessor");
        (await manager.GetVariantAsync("who")).Name.Should().Be("known");
        accessor.Context = () => Some.User(null, "staff");
        (await manager.IsEnabledAsync("staff")).Should().BeTrue();
        (await manager.GetVariantAsync("who")).Name.Should().Be("anonymous", "the user is the accessor's, also where there is none");
        accessor.Context = () => null;
        (await manager.GetVariantAsync("who")).Name.Should().Be("known", "without the accessor's, the context is the scope's");
    }

    [Fact]
    public async Task ContextGivenStandsAlone()
    {
        await using var services = Bound();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(new FakeReader(new EvaluationContext("ada") { ["country"] = "NL" }));

        (await scope.ServiceProvider.Manager().IsEnabledAsync("nl", Some.User("eve"))).Should().BeFalse();
    }

    [Fact]
    public async Task WorkThatOutlivesItsScopeIsAnonymous()
    {
        await using var services = Bound();
        var scope = services.CreateScope();
        var binding = scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>();
        binding.Begin(new FakeReader(new("ada")));
        var manager = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
        (await manager.IsEnabledAsync("ada")).Should().BeTrue();

        binding.End();
        scope.Dispose();

        (await manager.IsEnabledAsync("ada")).Should().BeFalse();
        (await manager.IsEnabledAsync("ada", Some.User("ada"))).Should().BeTrue();
    }

    private static ServiceProvider Bound(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot(Flags)).BindScopes().ServeFeatureManagement());
        more?.Invoke(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private interface IPerson;

    private sealed record Person(string Name) : IPerson;

    private sealed record OtherPerson(string Name) : IPerson;

    private sealed class TargetedPerson : TargetingContext
    {
        public string Country { get; set; } = "";
    }
}
