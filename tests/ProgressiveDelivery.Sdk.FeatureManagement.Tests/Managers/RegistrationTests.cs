using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Managers;

/// <summary>The one line, before and after Microsoft's own.</summary>
public sealed class RegistrationTests
{
    private static readonly IConfiguration Theirs = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["FeatureManagement:theirs"] = "true" }).Build();

    public static TheoryData<string> Orders => ["none", "before", "after", "scoped before"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task AllInterfacesAreServedWhateverTheOrder(string order)
    {
        await using var provider = Provider(order);
        await using var scope = provider.CreateAsyncScope();
        var services = scope.ServiceProvider;

        foreach (var manager in new[] { services.Manager(), services.GetRequiredService<IFeatureManagerSnapshot>() })
        {
            (await manager.IsEnabledAsync("ours")).Should().BeTrue(order);
            (await manager.IsEnabledAsync("theirs")).Should().BeFalse(order);
        }

        foreach (var manager in new[] { services.VariantManager(), services.GetRequiredService<IVariantFeatureManagerSnapshot>() })
        {
            (await manager.IsEnabledAsync("ours")).Should().BeTrue(order);
            (await manager.GetVariantAsync("text")).Name.Should().Be("only", order);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task VariantServicesFindTheManagers(string order)
    {
        await using var provider = Provider(order, builder => builder.WithVariantService<IGreeting>("text"), services => services.AddSingleton<IGreeting, OnlyGreeting>());
        await using var scope = provider.CreateAsyncScope();

        var greeting = order == "none" ? null : await scope.ServiceProvider.GetRequiredService<IVariantServiceProvider<IGreeting>>().GetServiceAsync(CancellationToken.None);

        if (order != "none")
            greeting.Should().BeOfType<OnlyGreeting>();
    }

    [Fact]
    public async Task SingletonCanInjectAManager()
    {
        await using var provider = Provider("none", services: services => services.AddSingleton<Consumer>());

        (await provider.GetRequiredService<Consumer>().Features.IsEnabledAsync("ours")).Should().BeTrue();
    }

    [Fact]
    public async Task ScopedFeatureManagementComesFirst()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Serve(builder.Services);
        builder.Services.AddSingleton(Theirs).AddScopedFeatureManagement();
        using var host = builder.Build();

        await host.Awaiting(started => started.StartAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("AddScopedFeatureManagement was called after*first.");
        using var scope = host.Services.CreateScope();
        scope.Invoking(late => late.ServiceProvider.Manager()).Should().Throw<InvalidOperationException>().WithMessage("AddScopedFeatureManagement was called after*");
    }

    [Fact]
    public async Task ManagersOfScopedFeatureManagementAreScoped()
    {
        await using var provider = Provider("scoped before");
        using var scope = provider.CreateScope();

        scope.ServiceProvider.Manager().Should().BeSameAs(scope.ServiceProvider.Manager());
        provider.Invoking(root => root.Manager()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task HostStarts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Theirs).AddFeatureManagement();
        Serve(builder.Services);
        using var host = builder.Build();

        await host.StartAsync();

        (await host.Services.Manager().IsEnabledAsync("ours")).Should().BeTrue();
        await host.StopAsync();
    }

    [Fact]
    public void OneClientServes()
    {
        var services = new ServiceCollection();
        Serve(services);

        var second = () => services.AddProgressiveDelivery("other", flags => flags.FromSnapshot(Some.Snapshot()).ServeFeatureManagement());

        second.Should().Throw<InvalidOperationException>().WithMessage("Feature client 'other'*client 'default' already*Remove*");
    }

    [Fact]
    public async Task NamedClientServes()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot(Some.Flag("default"))));
        services.AddProgressiveDelivery("named", flags => flags.FromSnapshot(Some.Snapshot(Some.FlagFor("named", "ada"))).BindScopes().ServeFeatureManagement());
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredKeyedService<FeatureScopeBinding>("named").Begin(new FakeReader(new("ada")));

        (await scope.ServiceProvider.Manager().IsEnabledAsync("named")).Should().BeTrue();
        (await scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>().IsEnabledAsync("named")).Should().BeTrue();
        (await scope.ServiceProvider.Manager().IsEnabledAsync("default")).Should().BeFalse();
    }

    [Fact]
    public async Task SecondCallAddsOptions()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot(Some.FlagFor("f", "7"))).ServeFeatureManagement().ServeFeatureManagement(managers => managers.AddContext<int>(id => new(id))));
        await using var provider = services.BuildServiceProvider();

        (await provider.Manager().IsEnabledAsync("f", 7)).Should().BeTrue();
        services.Count(service => service.ServiceType == typeof(IFeatureManager)).Should().Be(1);
    }

    [Fact]
    public void BadArgumentsAreRejected()
    {
        FluentActions.Invoking(() => new FeatureManagerOptions().GroupsAttribute = " ").Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new FeatureManagerOptions().AddContext<string>(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ProgressiveDeliveryFeatureManagementExtensions.ServeFeatureManagement(null!)).Should().Throw<ArgumentNullException>();
    }

    private static ServiceProvider Provider(string order, Action<IFeatureManagementBuilder>? theirs = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection().AddSingleton(Theirs).AddLogging();
        if (order == "before")
            theirs?.Invoke(collection.AddFeatureManagement());
        if (order == "scoped before")
            theirs?.Invoke(collection.AddScopedFeatureManagement());
        if (order == "scoped before" && theirs is null)
            collection.AddScopedFeatureManagement();
        Serve(collection);
        if (order == "after")
            theirs?.Invoke(collection.AddFeatureManagement());
        if (order is "before" or "after" && theirs is null)
            collection.AddFeatureManagement();
        services?.Invoke(collection);
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    private static void Serve(IServiceCollection services) =>
        services.AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot(Some.Flag("ours"), Some.Of("text", FlagType.String, "x"))).ServeFeatureManagement());

    internal interface IGreeting;

    [VariantServiceAlias("only")]
    internal sealed class OnlyGreeting : IGreeting;

    internal sealed class Consumer(IFeatureManager features)
    {
        public IFeatureManager Features => features;
    }
}
