using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>What a host says of variant services that do not fit their flag.</summary>
public sealed class VariantServiceCheckTests
{
    private readonly FakeLogCollector _logs = new();

    [Fact]
    public async Task VariantsWithoutImplementationAreLoggedOnce()
    {
        var source = new InMemorySnapshotSource(Rules(1, "card", "bank", "cash"));
        using var host = await StartAsync(source, services => services.AddVariantService<IDisposable>("payment").For("card").Use<MemoryStream>().For("cheque").Use<MemoryStream>());

        await UntilAsync(() => Count(112) == 2 && Count(113) == 1);
        await ChangeAsync(host, source, Rules(2, "card", "bank", "cash", "gift"));
        await UntilAsync(() => Count(112) == 3);

        Count(111).Should().Be(1);
        _logs.GetSnapshot().Where(line => line.Id.Id == 112).Select(line => line.GetStructuredStateValue("Variant")).Should().BeEquivalentTo("bank", "cash", "gift");
        _logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 113).Which.Message.Should().Contain("cheque");
    }

    [Fact]
    public async Task VariantsThatOtherwiseCoversAreNotLogged()
    {
        var source = new InMemorySnapshotSource(Rules(1, "card", "bank"));
        using var host = await StartAsync(source, services => services.AddVariantService<IDisposable>("payment").For("card").Use<MemoryStream>().For("nonsense").Use<MemoryStream>().Otherwise<MemoryStream>());

        // The last line of a check: what it has to say of the other variants is said before.
        await UntilAsync(() => Count(113) == 1);

        (Count(111) + Count(112)).Should().Be(0);
    }

    [Fact]
    public async Task ClientThatIsNotRegisteredFailsTheStart()
    {
        using var host = Host(new InMemorySnapshotSource(Rules(1, "card")), services => services.AddVariantService<IDisposable>("payment").OfClient("gone").Otherwise<MemoryStream>());

        await host.Awaiting(one => one.StartAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*'gone'*");
    }

    private IHost Host(InMemorySnapshotSource source, Action<IServiceCollection> register)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(new FakeLoggerProvider(_logs));
        builder.Services.AddProgressiveDelivery(flags => flags.From(_ => source));
        register(builder.Services);
        return builder.Build();
    }

    private async Task<IHost> StartAsync(InMemorySnapshotSource source, Action<IServiceCollection> register)
    {
        var host = Host(source, register);
        await host.StartAsync();
        return host;
    }

    private static async Task ChangeAsync(IHost host, InMemorySnapshotSource source, SnapshotDefinition next)
    {
        var changed = new TaskCompletionSource();
        using var watching = host.Services.GetRequiredService<IFeatureClient>().OnChange(change =>
        {
            if (change.CurrentVersion == next.Version)
                changed.TrySetResult();
        });
        source.Set(next);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private int Count(int id) => _logs.GetSnapshot().Count(line => line.Id.Id == id);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition() && !limit.IsCancellationRequested)
            await Task.Yield();
        condition().Should().BeTrue();
    }

    private static SnapshotDefinition Rules(long version, params string[] variants) => Some.Snapshot(Some.Text("payment", variants)) with { Version = version };
}
