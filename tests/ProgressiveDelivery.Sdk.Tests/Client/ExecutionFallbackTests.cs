using Microsoft.Extensions.Logging;
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>Control answers a call whose treatment failed, where that does no harm.</summary>
public sealed class ExecutionFallbackTests
{
    private static readonly ExecutionOptions FallsBack = new() { FallsBackToControl = true };

    private readonly ExecutionUnderTest _test = new();

    [Fact]
    public async Task ControlAnswersAndTheTreatmentsFailureCountsOnce()
    {
        var failure = new IOException("down");

        (await _test.Features.ExecuteAsync(Checkout, Ada, _ => ValueTask.FromException<string>(failure), static _ => new("control"), FallsBack)).Should().Be("control");
        _test.Features.Execute(Checkout, Ada, _ => throw failure, static _ => "control", FallsBack).Should().Be("control");

        _test.Calls.Should().Equal("checkout on failed 2");
        _test.Fallbacks.Should().Equal("checkout on 2");
        _test.On.Noted.Should().HaveCount(2);
        _test.Off.Noted.Should().BeEmpty();
        _test.Logger.Collector.GetSnapshot().Where(record => record.Id.Id == 720).Should().HaveCount(2)
            .And.OnlyContain(record => record.Level == LogLevel.Debug && record.Exception == failure && record.Message.Contains("flag checkout failed with variant on"));
    }

    [Fact]
    public async Task WithoutTheOptionTheFailureIsThrown()
    {
        var failure = new IOException("down");

        (await _test.FailAsync(failure)).Should().BeSameAs(failure);
        (await _test.FailAsync(failure, new())).Should().BeSameAs(failure);

        _test.Fallbacks.Should().BeEmpty();
    }

    [Fact]
    public async Task ControlThatWasGivenHasNothingToFallBackTo()
    {
        var (calls, features) = (0, _test.Put(Flag("off")));

        await FluentActions.Awaiting(() => features.ExecuteAsync<string>(Checkout, Ada, static _ => new("treatment"), _ => throw new IOException($"call {++calls}"), FallsBack).AsTask())
            .Should().ThrowAsync<IOException>();

        calls.Should().Be(1);
        _test.Calls.Should().Equal("checkout off failed 1");
        _test.Fallbacks.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IfBothFailControlsExceptionHasTheTreatments(bool isSynchronous)
    {
        var (treatment, control) = (new IOException("treatment"), new TimeoutException("control"));

        var thrown = await FluentActions.Awaiting(async () => isSynchronous
            ? _test.Features.Execute<string>(Checkout, Ada, _ => throw treatment, _ => throw control, FallsBack)
            : await _test.Features.ExecuteAsync<string>(Checkout, Ada, _ => throw treatment, _ => throw control, FallsBack)).Should().ThrowAsync<TimeoutException>();

        thrown.Which.Should().BeSameAs(control);
        control.Data[ExecutionOptions.TreatmentException].Should().BeSameAs(treatment);
        _test.Calls.Should().Equal("checkout on failed 1");
    }

    [Fact]
    public async Task OneExceptionOfBothIsNotAttachedToItself()
    {
        var same = new IOException("down");

        await FluentActions.Awaiting(() => _test.Features.ExecuteAsync<string>(Checkout, Ada, _ => throw same, _ => throw same, FallsBack).AsTask()).Should().ThrowAsync<IOException>();

        same.Data.Count.Should().Be(0);
    }

    [Fact]
    public async Task CancellationDuringControlReachesTheCallerAsItIs()
    {
        using var caller = new CancellationTokenSource();
        async ValueTask<string> CancelAsync(CancellationToken cancellation)
        {
            await caller.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            return "";
        }

        var thrown = await FluentActions.Awaiting(() => _test.Features.ExecuteAsync(Checkout, Ada, static _ => throw new IOException("down"), CancelAsync, FallsBack, caller.Token).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();

        thrown.Which.Data.Count.Should().Be(0);
        _test.Calls.Should().Equal("checkout on failed 1");
    }

    [Fact]
    public async Task PlainWriteIsRefusedBeforeAnyCodeRuns()
    {
        var ran = false;
        var options = FallsBack with { Kind = ExecutionKind.Write };

        var refused = await FluentActions.Awaiting(() => _test.Features.ExecuteAsync(Checkout, Ada, _ => new ValueTask<bool>(ran = true), static _ => new(true), options).AsTask()).Should().ThrowAsync<ArgumentException>();
        FluentActions.Invoking(() => _test.Features.Execute(Checkout, Ada, _ => ran = true, static _ => true, options)).Should().Throw<ArgumentException>();

        refused.WithMessage("*'checkout'*IdempotentWrite*");
        ran.Should().BeFalse();
        (await _test.FailAsync(new IOException(), options with { Kind = ExecutionKind.IdempotentWrite })).Should().BeNull();
        (await _test.FailAsync(new IOException(), new() { Kind = ExecutionKind.Write })).Should().BeOfType<IOException>();
    }

    [Fact]
    public void CallWithoutControlCannotFallBack() =>
        FluentActions.Invoking(() => _test.Features.Execute(Checkout, Ada, 0, static (_, _, _) => 1, FallsBack)).Should().Throw<ArgumentException>().WithMessage("*no control*");
}
