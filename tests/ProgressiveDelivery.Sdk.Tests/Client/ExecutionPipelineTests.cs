using Polly;
using Polly.Hedging;
using Polly.Retry;
using Polly.Timeout;
using ProgressiveDelivery.Sdk.Observation;
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A pipeline of the user's runs around the code, and a call counts once by what the pipeline makes of it.</summary>
public sealed class ExecutionPipelineTests
{
    private static readonly ExecutionOptions Retries = new()
    {
        Pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.Zero }).Build(),
    };

    private readonly ExecutionUnderTest _test = new();

    [Theory]
    [InlineData(2, "ok")]
    [InlineData(9, "failed")]
    public async Task RetriesCountOnceByTheirLastResult(int failures, string expected)
    {
        var (one, other) = (0, 0);

        await Task.WhenAny(_test.Features.ExecuteAsync(Checkout, Ada, _ => ++one <= failures ? throw new IOException() : new ValueTask<int>(one), static _ => new(0), Retries).AsTask());
        Throws(() => _test.Features.Execute(Checkout, Ada, _ => ++other <= failures ? throw new IOException() : other, static _ => 0, Retries)).Should().Be(expected == "failed");

        (one, other).Should().Be((Math.Min(failures + 1, 4), Math.Min(failures + 1, 4)));
        _test.Calls.Should().Equal($"checkout on {expected} 2");
        _test.On.Noted.Should().HaveCount(2);
    }

    [Fact]
    public async Task TimeOutOfThePipelineIsAFailureAndControlAnswers()
    {
        var options = new ExecutionOptions
        {
            FallsBackToControl = true,
            Pipeline = new ResiliencePipelineBuilder { TimeProvider = _test.Time }.AddTimeout(TimeSpan.FromSeconds(1)).Build(),
        };
        using var caller = new CancellationTokenSource();

        var running = _test.Features.ExecuteAsync(
            Checkout, Ada, NeverAsync, static _ => new("control"), options, caller.Token).AsTask();
        _test.Time.Advance(TimeSpan.FromSeconds(1));

        (await running).Should().Be("control");
        _test.On.Noted.Should().Equal(new ObservedOutcome(OutcomeResult.Failure, TimeSpan.FromSeconds(1).Ticks));
        _test.Logger.LatestRecord.Exception.Should().BeOfType<TimeoutRejectedException>();
    }

    [Fact]
    public async Task ControlRunsInThePipelineToo()
    {
        var calls = 0;

        (await _test.Put(Flag("off")).ExecuteAsync(Checkout, Ada, static _ => new ValueTask<string>("treatment"), _ => ++calls < 3 ? throw new IOException() : new("control"), Retries)).Should().Be("control");

        _test.Calls.Should().Equal("checkout off ok 1");
    }

    [Fact]
    public async Task HedgedCallCountsOnce()
    {
        var calls = 0;
        var pipeline = new ResiliencePipelineBuilder<string> { TimeProvider = _test.Time }
            .AddHedging(new HedgingStrategyOptions<string> { MaxHedgedAttempts = 1, Delay = TimeSpan.FromMilliseconds(100) }).Build();

        var running = _test.Features.ExecuteAsync(
            Checkout, Ada, token => Interlocked.Increment(ref calls) == 1 ? NeverAsync(token) : new ValueTask<string>("second"), static _ => new("control"), new ExecutionOptions().WithPipeline(pipeline)).AsTask();
        _test.Time.Advance(TimeSpan.FromMilliseconds(100));

        (await running).Should().Be("second");
        calls.Should().Be(2);
        _test.Calls.Should().Equal("checkout on ok 1");
        _test.On.Noted.Should().HaveCount(1);
    }

    [Fact]
    public async Task PipelineForAnotherResultIsRefused()
    {
        var options = new ExecutionOptions { Pipeline = ResiliencePipeline.Empty }.WithPipeline(ResiliencePipeline<int>.Empty);

        options.Pipeline.Should().BeNull("one pipeline takes the place of the other");
        await FluentActions.Awaiting(() => _test.Features.ExecuteAsync(Checkout, Ada, static _ => new ValueTask<string>(""), static _ => new(""), options).AsTask())
            .Should().ThrowAsync<ArgumentException>().WithMessage("*'checkout'*another type of result*System.String*");
        (await _test.Features.ExecuteAsync(Checkout, Ada, static _ => new ValueTask<int>(1), static _ => new(2), options)).Should().Be(1);
    }

    private static async ValueTask<string> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "";
    }

    private static bool Throws(Action call)
    {
        try
        {
            call();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
