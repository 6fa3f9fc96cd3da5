using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Faults.Threads;

/// <summary>Code of the application's that the client calls, or is called from.</summary>
public sealed class HandlerTests : FaultScenario
{
    private static readonly AsyncLocal<string?> Request = new();

    [Fact]
    [Scenario("T8")]
    public async Task T08_HandlersThatBlockThrowOrAskHarmNobody()
    {
        var source = new PlayedSource();
        var subject = Client(flags => flags.From(_ => source));
        using var gate = new ManualResetEventSlim();
        ConcurrentQueue<long> seen = new(), asked = new();
        using var blocked = subject.Client.OnChange(_ => gate.Wait());
        using var throwing = subject.Client.OnChange(_ => throw new InvalidOperationException("A handler of the application's."));
        using var asking = subject.Client.OnChange(_ => asked.Enqueue(subject.Client.GetInteger("version", Bait.Context, -1)));
        using var sound = subject.Client.OnChange(change => seen.Enqueue(change.Current.Version));
        subject.Start();

        for (var version = 1; version <= 3; version++)
        {
            source.Then(Document.Of(version));
            await Until.HoldsAsync(() => seen.Contains(version));
        }

        seen.Should().Equal(1, 2, 3);
        await Until.HoldsAsync(() => asked.Contains(3));
        subject.Status.State.Should().Be(FeatureClientState.Ready);
        await Until.HoldsAsync(() => subject.Warnings.Any());
        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("ChangeHandlerFailed");
        gate.Set();
    }

    [Fact]
    [Scenario("T8")]
    public async Task T08_HandlerMayEndTheClient()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ending = subject.Client.OnChange(_ =>
        {
            ((IDisposable)subject.Client).Dispose();
            ((IAsyncDisposable)subject.Client).DisposeAsync().AsTask().GetAwaiter().GetResult();
            ended.SetResult();
        });

        subject.Start();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(2));

        subject.Status.State.Should().Be(FeatureClientState.Closed);
    }

    [Fact]
    [Scenario("T10")]
    public async Task T10_LoopThatARequestStartedKnowsNothingOfTheRequest()
    {
        var leaks = new ConcurrentQueue<string>();
        var source = new PlayedSource
        {
            Reading = Look,
            Acknowledging = Look,
            Waiting = _ =>
            {
                Look();
                return ValueTask.CompletedTask;
            },
        };
        var subject = Client(flags => flags.From(_ => source));
        using var subscription = SubscribeInRequest(subject, Look);

        await StartInRequestAsync(subject);
        source.Then(Document.Of(1)).Then(new InvalidOperationException("Down.")).Then(Document.Of(2));
        await Clock.SkipPausesUntilAsync(() => source.Reads == 4);

        subject.Status.SnapshotVersion.Should().Be(2);
        leaks.Should().BeEmpty();

        void Look()
        {
            if (Request.Value is { } request) leaks.Enqueue(request);
            if (Activity.Current is { } activity) leaks.Enqueue(activity.OperationName);
        }
    }

    private static IDisposable SubscribeInRequest(Subject subject, Action look)
    {
        Request.Value = "subscribing";
        try
        {
            return subject.Client.OnChange(_ => look());
        }
        finally
        {
            Request.Value = null;
        }
    }

    private static async Task StartInRequestAsync(Subject subject)
    {
        Request.Value = "starting";
        using var activity = new Activity("request").Start();
        await subject.Client.WaitUntilReadyAsync(TimeSpan.Zero);
    }
}
