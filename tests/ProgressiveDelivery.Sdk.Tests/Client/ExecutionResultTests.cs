using ProgressiveDelivery.Sdk.Observation;
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A call counts once for the variant that it was given, with the result that its caller saw.</summary>
public sealed class ExecutionResultTests
{
    private readonly ExecutionUnderTest _test = new();

    [Fact]
    public async Task FlagChoosesTheCodeAndTheVariantCounts()
    {
        (await _test.Features.ExecuteAsync(Checkout, Ada, static _ => new ValueTask<string>("treatment"), static _ => new("control"))).Should().Be("treatment");
        (await _test.Put(Flag("off")).ExecuteAsync(Checkout, Ada, static _ => new ValueTask<string>("treatment"), static _ => new("control"))).Should().Be("control");

        _test.Calls.Should().BeEquivalentTo("checkout on ok 1", "checkout off ok 1");
        (_test.On.Noted.Single().Result, _test.Off.Noted.Single().Result).Should().Be((OutcomeResult.Success, OutcomeResult.Success));
    }

    [Fact]
    public void SynchronousTwinRunsTheSameOnTheCallersThread()
    {
        var thread = 0;

        _test.Features.Execute(Checkout, Ada, "state", (state, _) => { thread = Environment.CurrentManagedThreadId; return state.Length; }, static (_, _) => 0).Should().Be(5);
        _test.Features.Invoking(features => features.Execute(Checkout, Ada, static _ => throw new IOException("down"), static _ => "control")).Should().Throw<IOException>();

        thread.Should().Be(Environment.CurrentManagedThreadId);
        _test.Calls.Should().BeEquivalentTo("checkout on ok 1", "checkout on failed 1");
    }

    [Fact]
    public async Task CodeGetsTheValueOfAFlagOfAnyType()
    {
        var (theme, features) = (new FeatureFlag<string>("theme", "light"), _test.Put(Some.Text("theme", "dark")));

        (await features.ExecuteAsync(theme, Ada, 3, static (value, state, _) => new ValueTask<string>($"{value} {state}"))).Should().Be("dark 3");
        features.Execute(theme, Ada, 4, static (value, state, _) => $"{value} {state}").Should().Be("dark 4");

        _test.Calls.Should().Equal("theme dark ok 2");
    }

    [Fact]
    public async Task ExceptionAtOnceOrLaterIsAFailure()
    {
        var later = new TaskCompletionSource<string>();

        await FluentActions.Awaiting(() => _test.Features.ExecuteAsync<string>(Checkout, Ada, static _ => throw new IOException("at once"), static _ => new("control")).AsTask()).Should().ThrowAsync<IOException>();
        var running = _test.Features.ExecuteAsync(Checkout, Ada, _ => new ValueTask<string>(later.Task), static _ => new("control")).AsTask();
        _test.Calls.Should().Equal("checkout on failed 1");
        later.SetException(new IOException("later"));
        await running.Invoking(task => task).Should().ThrowAsync<IOException>().WithMessage("later");

        _test.Calls.Should().Equal("checkout on failed 2");
        _test.On.Noted.Should().OnlyContain(outcome => outcome.Result == OutcomeResult.Failure);
    }

    [Fact]
    public async Task TimeIsThatOfTheGivenCodeAlone()
    {
        var (treatment, control) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        var running = _test.Features.ExecuteAsync(
            Checkout, Ada, _ => new ValueTask<string>(treatment.Task), _ => new(control.Task), new() { FallsBackToControl = true }).AsTask();

        _test.Time.Advance(TimeSpan.FromMilliseconds(250));
        treatment.SetException(new IOException("down"));
        await Refresh.Until.HoldsAsync(() => _test.On.Noted.Length == 1);
        _test.Time.Advance(TimeSpan.FromSeconds(5));
        control.SetResult("control");
        (await running).Should().Be("control");

        _test.On.Noted.Single().Should().Be(new ObservedOutcome(OutcomeResult.Failure, TimeSpan.FromMilliseconds(250).Ticks));
        _test.Measured.Should().Equal(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task CancellationIsTheCallersAlone()
    {
        using var caller = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        other.Cancel();

        (await _test.FailAsync(new OperationCanceledException(other.Token), cancellationToken: caller.Token)).Should().BeOfType<OperationCanceledException>();
        _test.Calls.Should().Equal("checkout on failed 1");
        caller.Cancel();
        (await _test.FailAsync(new TaskCanceledException(), new() { FallsBackToControl = true }, caller.Token)).Should().BeOfType<TaskCanceledException>("control does not answer it");

        _test.Calls.Should().BeEquivalentTo("checkout on failed 1", "checkout on canceled 1");
        _test.On.Noted.Select(outcome => outcome.Result).Should().Equal(OutcomeResult.Failure, OutcomeResult.Canceled);
        _test.Fallbacks.Should().BeEmpty();
    }

    [Fact]
    public async Task FailureThatMeetsTheCancellationStaysAFailureAndIsNotAnswered()
    {
        using var caller = new CancellationTokenSource();
        caller.Cancel();
        var down = new IOException("down");

        (await _test.FailAsync(down, new() { FallsBackToControl = true }, caller.Token)).Should().BeSameAs(down);

        _test.Calls.Should().Equal("checkout on failed 1");
        _test.Fallbacks.Should().BeEmpty();
    }

    [Fact]
    public async Task ExceptionThatIsNoFailureSucceedsAndReachesTheCaller()
    {
        var options = new ExecutionOptions { FallsBackToControl = true, IsFailure = static exception => exception is not KeyNotFoundException };

        (await _test.FailAsync(new KeyNotFoundException(), options)).Should().BeOfType<KeyNotFoundException>();
        (await _test.FailAsync(new IOException(), options)).Should().BeNull();
        (await _test.FailAsync(new IOException(), new() { IsFailure = static _ => throw new InvalidOperationException("broken") })).Should().BeOfType<IOException>();

        _test.Calls.Should().BeEquivalentTo("checkout on ok 1", "checkout on failed 2");
    }

    [Fact]
    public async Task FallbackOfTheCallerIsNoVariant()
    {
        (await _test.Features.ExecuteAsync(new FeatureFlag<bool>("missing", true), Ada, static _ => new ValueTask<string>("treatment"), static _ => new("control"))).Should().Be("treatment");
        (await _test.Put(Some.Text("checkout", "a")).ExecuteAsync(Checkout, Ada, static _ => new ValueTask<string>("treatment"), static _ => new("control"))).Should().Be("control");

        _test.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task NullsAreRefused()
    {
        await FluentActions.Awaiting(() => _test.Features.ExecuteAsync(Checkout, Ada, null!, static _ => new ValueTask<int>(0)).AsTask()).Should().ThrowAsync<ArgumentNullException>().WithParameterName("treatment");
        await FluentActions.Awaiting(() => _test.Features.ExecuteAsync(Checkout, null!, static _ => new ValueTask<int>(0), static _ => new(0)).AsTask()).Should().ThrowAsync<ArgumentNullException>().WithParameterName("context");
        FluentActions.Invoking(() => _test.Features.Execute<bool, int, int>(Checkout, Ada, 0, null!)).Should().Throw<ArgumentNullException>().WithParameterName("run");
    }
}
