using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Blazor.Tests;

/// <summary>The context of a circuit.</summary>
public sealed class CircuitTests
{
    [Fact]
    public async Task EachCircuitHasItsOwnUser()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.For("f", "ann"));
        await using var ofAnn = services.CreateAsyncScope();
        await using var ofBob = services.CreateAsyncScope();
        await using var ofNoOne = services.CreateAsyncScope();
        Users(ofAnn).SignIn("ann");
        Users(ofBob).SignIn("bob");

        await Task.WhenAll(new[] { ofAnn, ofBob, ofNoOne }.Select(scope => Circuit(scope).BeginAsync()));

        new[] { ofAnn, ofBob, ofNoOne }.Select(scope => Features(scope).IsEnabled("f")).Should().Equal(true, false, false);
        Circuit(ofBob).Context.TargetingKey.Should().Be("bob");
        services.GetRequiredService<IFeatureClient>().IsEnabled("f").Should().BeFalse("a singleton belongs to no circuit");
    }

    [Fact]
    public async Task ClaimsAreAttributes()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.When("f", "email", "ann@acme.example"));
        await using var scope = services.CreateAsyncScope();
        Users(scope).SignIn("ann", new Claim(ClaimTypes.Email, "ann@acme.example"), new Claim("exp", "1"));

        await Circuit(scope).BeginAsync();

        Features(scope).IsEnabled("f").Should().BeTrue();
        Circuit(scope).Context.Attributes.Select(attribute => attribute.Name).Should().Equal("email");
    }

    [Fact]
    public async Task OptionsChooseKeyAndClaims()
    {
        await using var services = Circuits(
            client => client.AddBlazor(visitor => (visitor.KeyClaim, visitor.IncludeClaim) = ("account", claim => claim.Type != "secret")), Rules.For("f", "acme"));
        await using var scope = services.CreateAsyncScope();
        Users(scope).SignIn("ann", new Claim("account", "acme"), new Claim("secret", "s"), new Claim("plan", "pro"));

        await Circuit(scope).BeginAsync();

        Features(scope).IsEnabled("f").Should().BeTrue();
        Circuit(scope).Context.Attributes.Select(attribute => attribute.Name).Should().Equal("plan");
    }

    [Fact]
    public async Task AttributesOfTheApplicationAreReadOnceUntilARefresh()
    {
        var (reads, tenant) = (0, "acme");
        await using var services = Circuits(client => client.AddBlazor(visitor => visitor
            .Add("tenant", _ =>
            {
                reads++;
                return tenant;
            })
            .Add("broken", _ => throw new InvalidOperationException())), Rules.When("f", "tenant", "acme"), Rules.When("g", "broken", "x"));
        await using var scope = services.CreateAsyncScope();
        Users(scope).SignIn("ann", new Claim("tenant", "claimed"));
        await Circuit(scope).BeginAsync();
        reads.Should().Be(0);
        (Features(scope).IsEnabled("f"), Features(scope).IsEnabled("f"), Features(scope).IsEnabled("g"), reads).Should().Be((true, true, false, 1));

        tenant = "other";
        Features(scope).IsEnabled("f").Should().BeTrue();
        Circuit(scope).Refresh();

        (Features(scope).IsEnabled("f"), reads).Should().Be((false, 2));
    }

    [Fact]
    public async Task RulesOfACircuitAreThoseInForce()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.Boolean("f"));
        await using var scope = services.CreateAsyncScope();
        await Circuit(scope).BeginAsync();
        Features(scope).IsEnabled("f").Should().BeTrue();

        services.GetRequiredService<Sources.InMemorySnapshotSource>().Set(Rules.Document(2, Rules.Boolean("f", on: false)));

        await Until.HoldsAsync(() => !Features(scope).IsEnabled("f"));
    }

    [Fact]
    public async Task UnitOfWorkOfARequestIsKept()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.For("f", "visitor"));
        await using var scope = services.CreateAsyncScope();
        Users(scope).SignIn("ann");
        var binding = scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>();
        var unit = binding.Begin(new RequestReader("visitor"));

        await Circuit(scope).BeginAsync();
        Users(scope).SignIn("bob");

        (Features(scope).IsEnabled("f"), Circuit(scope).Context.TargetingKey, Circuit(scope).IsFrozen).Should().Be((true, "visitor", true));
        await scope.DisposeAsync();
        binding.Scope.Should().BeSameAs(unit, "the request ends what it began");
    }

    [Fact]
    public async Task LastChangeOfTheUserWinsThoughAnEarlierOneCompletesLater()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.For("f", "bob"));
        await using var scope = services.CreateAsyncScope();
        var (first, second) = (new TaskCompletionSource<AuthenticationState>(), new TaskCompletionSource<AuthenticationState>());
        Users(scope).State = first.Task;
        var begun = Circuit(scope).BeginAsync();
        begun.IsCompleted.Should().BeFalse();

        Users(scope).Change(second.Task);
        second.SetResult(TestUsers.Of("bob"));
        first.SetResult(TestUsers.Of("ann"));
        await begun;

        await Until.HoldsAsync(() => Features(scope).IsEnabled("f"));
        Circuit(scope).Context.TargetingKey.Should().Be("bob");
    }

    [Fact]
    public async Task UserThatCannotBeDeterminedIsAnonymousAndLogged()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.For("f", "ann"));
        await using var scope = services.CreateAsyncScope();
        Users(scope).State = Task.FromException<AuthenticationState>(new InvalidOperationException("No state."));

        await Circuit(scope).BeginAsync();

        Features(scope).IsEnabled("f").Should().BeFalse();
        services.GetFakeLogCollector().GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2080 && record.Level == LogLevel.Warning).Which.Exception!.Message.Should().Be("No state.");
    }

    [Fact]
    public async Task EndedCircuitIsAnonymousAndFollowsNoUser()
    {
        await using var services = Circuits(client => client.AddBlazor(), Rules.For("f", "ann"));
        var scope = services.CreateAsyncScope();
        var (users, features, circuit) = (Users(scope), Features(scope), Circuit(scope));
        users.SignIn("ann");
        await circuit.BeginAsync();
        features.IsEnabled("f").Should().BeTrue();

        users.HasListeners.Should().BeTrue();
        await scope.DisposeAsync();

        (features.IsEnabled("f"), circuit.Context, users.HasListeners).Should().Be((false, EvaluationContext.Empty, false));
    }

    [Fact]
    public async Task AnonymousVisitorsHaveAKeyOnlyIfTheOptionsSaySo()
    {
        await using var without = Circuits(client => client.AddBlazor());
        await using var with = Circuits(client => client.AddBlazor(visitor => visitor.IdentifyAnonymous = true));
        await using var none = without.CreateAsyncScope();
        await using var one = with.CreateAsyncScope();
        await using var other = with.CreateAsyncScope();
        await Task.WhenAll(new[] { none, one, other }.Select(scope => Circuit(scope).BeginAsync()));

        Circuit(none).Context.TargetingKey.Should().BeNull();
        var key = Circuit(one).Context.TargetingKey;
        key.Should().HaveLength(32).And.NotBe(Circuit(other).Context.TargetingKey);
        Users(one).SignIn("ann");
        Circuit(one).Context.TargetingKey.Should().Be("ann");
        Users(one).SignOut();
        Circuit(one).Context.TargetingKey.Should().Be(key);
    }

    [Fact]
    public void ClientWithANameIsRefused() =>
        new ServiceCollection().Invoking(services => services.AddProgressiveDelivery("shop", client => client.FromDocument(Rules.Document(1)).AddBlazor()))
            .Should().Throw<InvalidOperationException>().WithMessage("*AddBlazor*'shop'*without a name*");

    [Fact]
    public void AttributeAddedTwiceIsRefused() =>
        new BlazorFeatureOptions().Add("tenant", _ => "a").Invoking(options => options.Add("tenant", _ => "b")).Should().Throw<ArgumentException>().WithMessage("*'tenant' is added twice*");

    private static ServiceProvider Circuits(Action<ProgressiveDeliveryBuilder> configure, params string[] flags) => new ServiceCollection()
        .AddLogging(logging => logging.AddFakeLogging())
        .AddScoped<TestUsers>()
        .AddScoped<AuthenticationStateProvider>(services => services.GetRequiredService<TestUsers>())
        .AddSingleton(new Sources.InMemorySnapshotSource(Rules.Document(1, flags)))
        .AddProgressiveDelivery(client => configure(client.From(services => services.GetRequiredService<Sources.InMemorySnapshotSource>())))
        .BuildServiceProvider(validateScopes: true);

    private static FeatureCircuit Circuit(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<FeatureCircuit>();

    private static IFeatureClient Features(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<IFeatureClient>();

    private static TestUsers Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<TestUsers>();
}
