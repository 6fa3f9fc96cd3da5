using System.Globalization;

namespace Canary;

/// <summary>A release that goes wrong, and the next one that does not.</summary>
internal static class Story
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <exception cref="StoryException">A step did not happen.</exception>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("canary-");
        try
        {
            await RunAsync(Path.Combine(folder.FullName, "rules.json"), Path.Combine(folder.FullName, "state"), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(string rules, string state, CancellationToken cancellationToken)
    {
        await using var load = new Load();
        var timeline = new Timeline(load);
        await Rules.PublishAsync(rules, version: 1, attempt: 1, pause: TimeSpan.FromHours(1));
        await FailAsync(load, timeline, rules, state, cancellationToken);
        await RememberAsync(load, timeline, rules, state, cancellationToken);
        await GoForwardAsync(load, timeline, rules, state, cancellationToken);
    }

    private static async Task FailAsync(Load load, Timeline timeline, string rules, string state, CancellationToken cancellationToken)
    {
        using var shop = await ShopProcess.StartAsync(rules, state, "first", cancellationToken);
        load.Shop = shop;
        timeline.Note("The first release serves; rules 1 give the new checkout to 5 % of users.");
        await WatchAsync(shop, timeline, "5 % get the new checkout", view => view is { Percent: 5, Outcomes: >= 40, Trip: null }, cancellationToken);

        var begin = DateTimeOffset.UtcNow;
        await shop.BreakAsync(cancellationToken);
        timeline.Note("The new checkout begins to fail.");
        var tripped = await WatchAsync(shop, timeline, "the guard trips", view => view.Trip is not null, cancellationToken);
        var delay = (tripped.TrippedAt!.Value - begin).TotalMilliseconds;
        timeline.Note(string.Create(CultureInfo.InvariantCulture, $"The guard tripped after {tripped.Bad} failed requests, {delay:0} ms after the first could fail: {tripped.Trip}"));

        var before = load.Counts;
        await WatchAsync(shop, timeline, "everybody gets the old checkout", _ => load.Counts.All > before.All + 200, cancellationToken);
        Check(load.Counts.Failed - before.Failed <= 4, "requests fail after the revert");
        Check(load.Counts.New - before.New <= 4, "users get the new checkout after the revert");
        await UntilAsync(() => Directory.EnumerateFiles(state, "*.control").Any(), "the trip is on disk", cancellationToken);
        load.Shop = null;
    }

    private static async Task RememberAsync(Load load, Timeline timeline, string rules, string state, CancellationToken cancellationToken)
    {
        timeline.Note("The process crashes, and starts again with the same release.");
        using var shop = await ShopProcess.StartAsync(rules, state, "first", cancellationToken);
        await shop.BreakAsync(cancellationToken);
        var before = load.Counts;
        load.Shop = shop;
        var view = await WatchAsync(shop, timeline, "users get the old checkout", _ => load.Counts.All > before.All + 200, cancellationToken);
        Check(view.Trip is not null, "the restart forgot the trip");
        Check(load.Counts.New == before.New && load.Counts.Failed == before.Failed, "users get the new checkout after the restart");
        timeline.Note("It remembers the trip: nobody got the new checkout.");
        load.Shop = null;
    }

    private static async Task GoForwardAsync(Load load, Timeline timeline, string rules, string state, CancellationToken cancellationToken)
    {
        using var shop = await ShopProcess.StartAsync(rules, state, "mended", cancellationToken);
        load.Shop = shop;
        await shop.BreakAsync(cancellationToken);
        await Rules.PublishAsync(rules, version: 2, attempt: 2, pause: TimeSpan.FromSeconds(2));
        timeline.Note("The mended release serves; rules 2 begin the second attempt, which ends the trip.");
        foreach (var percent in new[] { 5, 25, 100 })
        {
            var view = await WatchAsync(shop, timeline, $"the rollout reaches {percent} %", view => view.Version == 2 && view.Percent >= percent, cancellationToken);
            Check(view.Percent == percent && view.Trip is null, $"the rollout stands at {view.Percent} %, not at {percent} %");
            timeline.Note($"The rollout stands at {percent} %. {(view.WaitsFor.Length > 0 ? $"Next: {view.WaitsFor}." : "")}".TrimEnd());
        }

        var before = load.Counts;
        await WatchAsync(shop, timeline, "everybody gets the new checkout", _ => load.Counts.All > before.All + 200, cancellationToken);
        Check(load.Counts.Failed == before.Failed, "requests fail");
        timeline.Note("Everybody has the new checkout, and no request fails.");
        load.Shop = null;
    }

    private static async Task<CanaryView> WatchAsync(ShopProcess shop, Timeline timeline, string what, Func<CanaryView, bool> until, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            await Task.Delay(Tick, cancellationToken);
            timeline.Draw();
            var view = await shop.LookAsync(cancellationToken);
            if (until(view))
                return view;
            Check(DateTimeOffset.UtcNow < end, $"it did not happen that {what}");
        }
    }

    private static async Task UntilAsync(Func<bool> until, string what, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (!until())
        {
            Check(DateTimeOffset.UtcNow < end, $"it did not happen that {what}");
            await Task.Delay(Tick, cancellationToken);
        }
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
            throw new StoryException($"{otherwise}.");
    }
}

/// <summary>A step of the story did not happen.</summary>
internal sealed class StoryException(string message) : Exception(message);
