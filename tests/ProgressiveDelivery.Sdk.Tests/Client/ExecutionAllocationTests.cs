#if NET9_0_OR_GREATER
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A call whose code completes synchronously allocates nothing of its own.</summary>
public sealed class ExecutionAllocationTests
{
    private static readonly Func<CancellationToken, ValueTask<int>> One = static _ => new(1);
    private static readonly Func<CancellationToken, int> Two = static _ => 2;
    private static readonly FeatureFlag<string> Theme = new("theme", "light");
    private static readonly ExecutionOptions Options = new() { FallsBackToControl = true };

    private readonly ExecutionUnderTest _test = new(isNoted: false);

    [Fact]
    public void CallWithDelegatesAllocatesNothing()
    {
        Allocated.By(() => _ = _test.Features.ExecuteAsync(Checkout, Ada, One, One).Result).Should().Be(0);
        Allocated.By(() => _ = _test.Features.ExecuteAsync(Checkout, Ada, One, One, Options).Result).Should().Be(0);
        Allocated.By(() => _test.Features.Execute(Checkout, Ada, Two, Two)).Should().Be(0);
    }

    [Fact]
    public void CallWithAStateAllocatesNothing()
    {
        Allocated.By(() => _ = _test.Features.ExecuteAsync(Checkout, Ada, (_test, 3), static (state, _) => new ValueTask<int>(state.Item2), static (_, _) => new(0)).Result).Should().Be(0);
        Allocated.By(() => _test.Features.Execute(Checkout, Ada, "state", static (state, _) => state.Length, static (_, _) => 0)).Should().Be(0);
    }

    [Fact]
    public void CallOfAnyTypeAllocatesNothing()
    {
        var features = _test.Put(Some.Text("theme", "dark"));

        Allocated.By(() => _ = features.ExecuteAsync(Theme, Ada, 3, static (value, state, _) => new ValueTask<int>(value.Length + state)).Result).Should().Be(0);
        Allocated.By(() => features.Execute(Theme, Ada, "s", static (value, state, _) => value.Length + state.Length)).Should().Be(0);
    }

    [Fact]
    public void CallOfAScopeAllocatesNothing()
    {
        using var scope = _test.Scopes.Begin(_test.Features);

        Allocated.By(() => scope.Execute(Checkout, Ada, Two, Two)).Should().Be(0);
    }

    [Fact]
    public async Task CallOfAClientAllocatesNothing()
    {
        await using var services = new ServiceCollection().AddMetrics()
            .AddProgressiveDelivery(flags => flags.From(_ => new InMemorySnapshotSource(Some.Snapshot(Flag("on"))))).BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();

        Allocated.By(() => _ = client.ExecuteAsync(Checkout, Ada, One, One).Result).Should().Be(0);
    }

    [Fact]
    public void WaitingCallAllocatesItsStateMachineAlone()
    {
        const long stateMachine = 400;
        var pending = new TaskCompletionSource<int>();

        var bytes = Allocated.By(() => _ = _test.Features.ExecuteAsync(Checkout, Ada, pending, static (state, _) => new ValueTask<int>(state.Task), static (_, _) => new(0)));

        // Also the continuation of the task that is waited for: the first is a field, further ones are a list.
        (bytes / 200).Should().BeInRange(1, stateMachine);
    }
}
#endif
