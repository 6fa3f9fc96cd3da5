using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>Services whose implementation a flag chooses.</summary>
public sealed class VariantServiceTests
{
    private static readonly FeatureFlag<string> Payment = new("payment", "none");
    private static readonly FeatureFlag<bool> Fast = new("fast", false);

    [Fact]
    public async Task OnlyTheChosenImplementationIsMadeOncePerScopeAndDisposedOnce()
    {
        var made = new Made();
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment).For("card").Use<Card>().For("bank").Use<Bank>().Otherwise<Cash>(), made);
        await using (var scope = provider.CreateAsyncScope())
        {
            Bind(scope, "bank-user");
            var pay = scope.ServiceProvider.GetRequiredService<IPay>();

            pay.Should().BeOfType<Bank>();
            scope.ServiceProvider.GetRequiredService<IPay>().Should().BeSameAs(pay);
            made.Names.Should().Equal("Bank");
        }

        made.Disposed.Should().Equal("Bank");
    }

    [Theory]
    [InlineData("card-user", typeof(Card))]
    [InlineData("bank-user", typeof(Bank))]
    [InlineData("other-user", typeof(Cash))]
    [InlineData(null, typeof(Cash))]
    public async Task VariantOfTheScopesContextDecides(string? user, Type expected)
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>("payment").For("card").Use<Card>().For("bank").Use<Bank>().Otherwise<Cash>());
        await using var scope = provider.CreateAsyncScope();
        Bind(scope, user);

        scope.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType(expected);
    }

    [Theory]
    [InlineData("fast-user", typeof(Card))]
    [InlineData("slow-user", typeof(Bank))]
    public async Task BooleanFlagChoosesByItsVariants(string user, Type expected)
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>(Fast).For("on").Use<Card>().For("off").Use<Bank>());
        await using var scope = provider.CreateAsyncScope();
        Bind(scope, user);

        scope.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType(expected);
    }

    [Fact]
    public async Task KeyReadsOnlyTheAttributesThatItsRulesAskFor()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>("by-country").For("card").Use<Card>().Otherwise<Cash>());
        await using var scope = provider.CreateAsyncScope();
        var reader = Bind(scope, "u");

        scope.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType<Card>();

        reader.Read.Should().Equal("country");
    }

    [Fact]
    public async Task ChoiceCountsAsGivenInTheScope()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>("payment").Otherwise<Cash>());
        await using var scope = provider.CreateAsyncScope();
        Bind(scope, "bank-user");

        scope.ServiceProvider.GetRequiredService<IPay>();

        scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Scope!.Given.Should().ContainSingle().Which.Variant.Should().Be("bank");
    }

    [Fact]
    public async Task TransientIsMadeForEachResolutionOfOneChoice()
    {
        var made = new Made();
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment, ServiceLifetime.Transient).For("bank").Use<Bank>().Otherwise<Cash>(), made);
        await using (var scope = provider.CreateAsyncScope())
        {
            Bind(scope, "bank-user");
            var first = scope.ServiceProvider.GetRequiredService<IPay>();
            Bind(scope, "other-user");

            scope.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType<Bank>("the choice stands for the scope").And.NotBeSameAs(first);
        }

        made.Disposed.Should().Equal("Bank", "Bank");
    }

    [Fact]
    public async Task SingletonIsSharedByScopesAndChosenInEach()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment, ServiceLifetime.Singleton).For("bank").Use(static _ => new Plain()).Otherwise(static _ => new Plain()));
        var pays = new ConcurrentBag<(bool IsBank, IPay Pay)>();

        await Parallel.ForAsync(0, 40, async (i, _) =>
        {
            await using var scope = provider.CreateAsyncScope();
            Bind(scope, i % 2 == 0 ? "bank-user" : "other-user");
            pays.Add((i % 2 == 0, scope.ServiceProvider.GetRequiredService<IPay>()));
        });

        pays.Select(pay => pay.Pay).Distinct().Should().HaveCount(2);
        pays.GroupBy(pay => pay.IsBank).Should().OnlyContain(group => group.Select(pay => pay.Pay).Distinct().Count() == 1);
    }

    [Fact]
    public async Task DisposableSingletonIsAnError()
    {
        var builder = new ServiceCollection().AddVariantService<IPay>(Payment, ServiceLifetime.Singleton);

        builder.Invoking(one => one.For("bank").Use<Bank>()).Should().Throw<InvalidOperationException>().WithMessage("*Bank*disposable*scoped*");

        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment, ServiceLifetime.Singleton).Otherwise(static provider => new Bank(provider.GetRequiredService<Made>())));
        await using var scope = provider.CreateAsyncScope();
        scope.Invoking(one => one.ServiceProvider.GetRequiredService<IPay>()).Should().Throw<InvalidOperationException>().WithMessage("*Bank*disposable*");
    }

    [Fact]
    public async Task VariantWithoutImplementationIsAClearError()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment).For("card").Use<Card>());
        await using var scope = provider.CreateAsyncScope();
        Bind(scope, "bank-user");

        scope.Invoking(one => one.ServiceProvider.GetRequiredService<IPay>()).Should().Throw<InvalidOperationException>().WithMessage("*'bank' of flag 'payment'*For(\"bank\")*");
    }

    [Fact]
    public async Task FallbackWithoutOtherwiseIsAClearError()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>("no-such-flag").For("card").Use<Card>());
        await using var scope = provider.CreateAsyncScope();

        scope.Invoking(one => one.ServiceProvider.GetRequiredService<IPay>()).Should().Throw<InvalidOperationException>().WithMessage("*'no-such-flag' serves a fallback (FlagNotFound)*Otherwise*");
    }

    [Fact]
    public void MistakesOfRegistrationAreErrors()
    {
        var services = new ServiceCollection();
        var builder = services.AddVariantService<IPay>(Payment).For("card").Use<Card>().Otherwise<Cash>();

        services.Invoking(one => one.AddVariantService<IPay>("other")).Should().Throw<InvalidOperationException>().WithMessage("*IPay*already*");
        builder.Invoking(one => one.For("card").Use<Bank>()).Should().Throw<InvalidOperationException>().WithMessage("*'card' already*");
        builder.Invoking(one => one.Otherwise<Bank>()).Should().Throw<InvalidOperationException>().WithMessage("*Otherwise once*");
        builder.Invoking(one => one.For("x").Use<Abstract>()).Should().Throw<InvalidOperationException>().WithMessage("*abstract*");
        builder.Invoking(one => one.For("")).Should().Throw<ArgumentException>();
        builder.Invoking(one => one.OfClient(" ")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task ClientThatIsNotRegisteredIsAnError()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment).OfClient("gone").Otherwise<Cash>());
        await using var scope = provider.CreateAsyncScope();

        scope.Invoking(one => one.ServiceProvider.GetRequiredService<IPay>()).Should().Throw<InvalidOperationException>().WithMessage("*'gone'*AddProgressiveDelivery*");
    }

    [Fact]
    public async Task NamedClientDecides()
    {
        await using var provider = Provider(services => services
            .AddProgressiveDelivery("payments", flags => flags.FromSnapshot(Some.Snapshot(Some.Text("payment", "card"))))
            .AddVariantService<IPay>(Payment).OfClient("payments").For("card").Use<Card>().Otherwise<Cash>());
        await using var scope = provider.CreateAsyncScope();
        Bind(scope, "bank-user");

        scope.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType<Card>();
    }

    [Fact]
    public async Task RootAndSingletonsFollowTheContainersRules()
    {
        static void Register(IServiceCollection services) => services.AddVariantService<IPay>(Payment).For("bank").Use<Bank>().Otherwise<Cash>();
        await using var strict = Provider(Register);
        await using var lax = Provider(Register, validates: false);

        strict.Invoking(one => one.GetRequiredService<IPay>()).Should().Throw<InvalidOperationException>().WithMessage("*scoped service*IPay*root*");
        lax.GetRequiredService<IPay>().Should().BeOfType<Cash>("the caller is anonymous");
        strict.Invoking(_ => Provider(services =>
        {
            Register(services);
            services.AddSingleton<NeedsPay>();
        })).Should().Throw<AggregateException>().WithMessage("*scoped service*IPay*singleton*");
    }

    [Fact]
    public async Task ChoiceStandsWhileRulesChangeAndTheNextScopeSeesThem()
    {
        var source = new InMemorySnapshotSource(Rules());
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment).For("bank").Use<Bank>().For("card").Use<Card>().Otherwise<Cash>(), source: source);
        await using var first = provider.CreateAsyncScope();
        Bind(first, "bank-user");
        var before = first.ServiceProvider.GetRequiredService<IPay>();
        var changed = new TaskCompletionSource();
        using var watching = provider.GetRequiredService<IFeatureClient>().OnChange(change =>
        {
            if (change.CurrentVersion == 2)
                changed.TrySetResult();
        });

        source.Set(new SnapshotDefinition { Version = 2, Flags = [Some.Text("payment", "card")] });
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using var second = provider.CreateAsyncScope();
        Bind(second, "bank-user");

        first.ServiceProvider.GetRequiredService<IPay>().Should().BeSameAs(before).And.BeOfType<Bank>();
        second.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType<Card>();
    }

    [Fact]
    public async Task ConstructorWithTheMostServicesIsUsed()
    {
        await using var provider = Provider(services => services.AddVariantService<IPay>(Payment).Otherwise<TwoConstructors>());
        await using var scope = provider.CreateAsyncScope();

        scope.ServiceProvider.GetRequiredService<IPay>().Should().BeOfType<TwoConstructors>().Which.Made.Should().NotBeNull();
    }

    private static ServiceProvider Provider(Action<IServiceCollection> register, Made? made = null, bool validates = true, ISnapshotSource? source = null)
    {
        var services = new ServiceCollection().AddSingleton(made ?? new());
        services.AddProgressiveDelivery(flags => flags.From(_ => source ?? new InMemorySnapshotSource(Rules())).BindScopes());
        register(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = validates, ValidateOnBuild = validates });
        return provider;
    }

    private static UserReader Bind(AsyncServiceScope scope, string? user)
    {
        var reader = new UserReader(user);
        scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(reader);
        return reader;
    }

    private static SnapshotDefinition Rules() => Some.Snapshot(
        Some.Text("payment", "cash", "card", "bank").When(Some.Equal("targetingKey", "card-user"), "card").When(Some.Equal("targetingKey", "bank-user"), "bank"),
        Some.Text("by-country", "cash", "card").When(Some.Equal("country", "NL"), "card"),
        Some.Flag("fast").When(Some.Equal("targetingKey", "fast-user")));

    public interface IPay
    {
    }

    public sealed class Made
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public ConcurrentQueue<string> Disposed { get; } = new();
    }

    public abstract class Abstract(Made made) : IPay, IDisposable
    {
        private readonly Made _made = Note(made, null);

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            _made.Disposed.Enqueue(GetType().Name);
        }

        protected static Made Note(Made made, string? name)
        {
            if (name is not null)
                made.Names.Enqueue(name);
            return made;
        }
    }

    public sealed class Card(Made made) : Abstract(Note(made, nameof(Card)));

    public sealed class Bank(Made made) : Abstract(Note(made, nameof(Bank)));

    public sealed class Cash(Made made) : Abstract(Note(made, nameof(Cash)));

    public sealed class Plain : IPay;

    public sealed class TwoConstructors(Made? made) : IPay
    {
        public TwoConstructors()
            : this(null)
        {
        }

        public Made? Made => made;
    }

    public sealed class NeedsPay(IPay pay)
    {
        public IPay Pay => pay;
    }

    private sealed class UserReader(string? user) : ContextReader
    {
        public ConcurrentQueue<string> Read { get; } = new();

        protected override IEnumerable<string> AttributeNames => ["country", "secret"];

        protected override string? ReadKey() => user;

        protected override AttributeValue ReadAttribute(string name)
        {
            Read.Enqueue(name);
            return name == "country" ? "NL" : "x";
        }
    }
}
