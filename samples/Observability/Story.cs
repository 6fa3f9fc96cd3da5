using System.Diagnostics;
using ProgressiveDelivery.Sdk;

namespace Observability;

/// <summary>The shop's day: load, a flag turned off, a backend that fails and recovers.</summary>
internal sealed class Story(Shop shop, Backend backend)
{
    private const int Visitors = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly OperatorReport _report = new(shop.View);
    private int _served;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await WaitAsync("the shop has its flags", () => shop.Features.Status.State == FeatureClientState.Ready, cancellationToken);
        await LookAsync("1  A normal moment: the canary has 20 %, the experiment half and half", cancellationToken);

        var version = backend.TurnOff("new-checkout");
        await WaitAsync($"version {version} is in force", () => shop.View.Sum("snapshot.version") >= version, cancellationToken);
        await LookAsync($"2  Version {version} turns new-checkout off: the reason becomes 'disabled'", cancellationToken);

        backend.IsFailing = true;
        await WaitAsync("the rules are stale", () => shop.View.Sum("stale") > 0 && shop.View.Sum("refreshes", "result", "failed") > 0, cancellationToken);
        await LookAsync("3  The backend fails: refreshes fail, the rules become stale, and the answers stay", cancellationToken);

        backend.IsFailing = false;
        await WaitAsync("the rules are current again", () => shop.View.Sum("stale") == 0, cancellationToken);
        await LookAsync("4  The backend recovers", cancellationToken);
        Console.WriteLine("\nAlert rules and a dashboard for these metrics: docs/observability");
    }

    private async Task LookAsync(string heading, CancellationToken cancellationToken)
    {
        shop.Serve(Enumerable.Range(_served, Visitors));
        _served += Visitors;
        await WaitAsync("all events are sent", () => shop.View.Sum("events.queued") == 0 && shop.View.Sum("evaluations") >= _served, cancellationToken);
        _report.Write(heading);
    }

    private async Task WaitAsync(string what, Func<bool> isTrue, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        for (shop.Export(); !isTrue(); shop.Export())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new StoryException($"For {Patience.TotalSeconds:0} s it was not so that {what}. Status: {shop.Features.Status.Cause?.Message ?? "ready"}");
            await Task.Delay(100, cancellationToken);
        }
    }
}

/// <summary>Something did not happen that the sample is there to show.</summary>
internal sealed class StoryException(string message) : Exception(message);
