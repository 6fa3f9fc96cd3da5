using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Benchmarks.Relays;

/// <summary>
/// What do many readers of one relay cost, and how long does a kill take to all of them? Relay and readers share this process and its cores, so the times include the readers' own work.
/// <c>-- relay [subscribers] [events]</c>.
/// </summary>
internal static class RelayRun
{
    private const int Kills = 20;
    private const int Large = 50 * 1024 * 1024;
    private const int Downloads = 20;

    public static async Task<int> RunAsync(TextWriter output, string[] sizes)
    {
        var subscribers = sizes.Length > 0 ? int.Parse(sizes[0], CultureInfo.InvariantCulture) : 1_000;
        var events = sizes.Length > 1 ? int.Parse(sizes[1], CultureInfo.InvariantCulture) : 2_000;
        await output.WriteLineAsync(FormattableString.Invariant($"{Environment.ProcessorCount} cores, .NET {Environment.Version}"));
        await StreamAsync(output, subscribers, events);
        await PollAsync(output, subscribers);
        return 0;
    }

    private static async Task StreamAsync(TextWriter output, int count, int events)
    {
        var upstream = new Upstream();
        upstream.SendDocument(1, 10_000);
        await using var relay = await StartAsync(upstream);
        var idle = Memory();
        var subscribers = Enumerable.Range(0, count).Select(static _ => new Subscriber(2 * Kills)).ToArray();
        await Task.WhenAll(subscribers.Select(subscriber => subscriber.OpenAsync(PortOf(relay))));
        await UntilAsync(subscribers, static subscriber => subscriber.HasBegun);
        var connected = Memory();
        await output.WriteLineAsync(FormattableString.Invariant($"{count} streams: {(connected - idle) / 1024.0 / count:F1} KiB of managed memory each, reader included"));

        await KillAsync(output, upstream, subscribers, version: 1, first: 0);
        var watch = Stopwatch.StartNew();
        var halfway = 0L;
        for (var version = 2; version <= events + 1; version++)
        {
            upstream.SendPatch(version);
            // A reader that falls behind gets the whole, and other events than are counted here.
            if (version % 200 == 0)
                await UntilAsync(subscribers, subscriber => subscriber.Patches >= version - 1);
            if (version == events / 2)
                halfway = Memory();
        }

        await UntilAsync(subscribers, subscriber => subscriber.Patches >= events);
        await output.WriteLineAsync(FormattableString.Invariant($"{events} patches to all: {events * (long)count / watch.Elapsed.TotalSeconds:N0} events a second"));
        await KillAsync(output, upstream, subscribers, version: events + 1, first: Kills);
        await output.WriteLineAsync(FormattableString.Invariant($"managed memory: {connected / 1024 / 1024} MiB before these events, {halfway / 1024 / 1024} MiB after half of them, {Memory() / 1024 / 1024} MiB after them; working set {Environment.WorkingSet / 1024 / 1024} MiB"));
        foreach (var subscriber in subscribers)
            subscriber.Dispose();
    }

    private static async Task KillAsync(TextWriter output, Upstream upstream, Subscriber[] subscribers, long version, int first)
    {
        var (last, all) = (new List<double>(), new List<double>());
        for (var number = first; number < first + Kills; number++)
        {
            var sent = Stopwatch.GetTimestamp();
            upstream.SendKill(version, number);
            await UntilAsync(subscribers, subscriber => subscriber.Kills > number);
            var times = subscribers.Select(subscriber => Stopwatch.GetElapsedTime(sent, subscriber.Arrivals[number]).TotalMilliseconds).ToArray();
            all.AddRange(times);
            last.Add(times.Max());
        }

        all.Sort();
        last.Sort();
        await output.WriteLineAsync(FormattableString.Invariant($"{Kills} kills: at a reader after {all[all.Count / 2]:F1} ms (median); at the last reader after {last[last.Count / 2]:F1} ms (median), {last[^1]:F1} ms (max)"));
    }

    private static async Task PollAsync(TextWriter output, int count)
    {
        var upstream = new Upstream();
        upstream.SendDocument(1, Large);
        await using var relay = await StartAsync(upstream);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = new($"http://127.0.0.1:{PortOf(relay)}/snapshot"), Timeout = TimeSpan.FromMinutes(5) };
        var watch = Stopwatch.StartNew();
        var tag = await ReadAsync(http, null);
        await output.WriteLineAsync(FormattableString.Invariant($"a document of {Large / 1024 / 1024} MiB: first answer, compressed then, after {watch.Elapsed.TotalMilliseconds:F0} ms"));
        var before = Memory();

        watch.Restart();
        using var ending = new CancellationTokenSource();
        var peak = PeakAsync(ending.Token);
        await Task.WhenAll(Enumerable.Range(0, Downloads).Select(_ => ReadAsync(http, null)));
        await output.WriteLineAsync(FormattableString.Invariant($"{Downloads} downloads at once: {watch.Elapsed.TotalSeconds:F1} s"));
        watch.Restart();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ReadAsync(http, tag)));
        await output.WriteLineAsync(FormattableString.Invariant($"{count} polls at once, answered 304: {watch.Elapsed.TotalMilliseconds:F0} ms"));
        await ending.CancelAsync();
        await output.WriteLineAsync(FormattableString.Invariant($"managed memory: {before / 1024 / 1024} MiB before, at most {await peak / 1024 / 1024} MiB during, {Memory() / 1024 / 1024} MiB after"));
    }

    private static async Task<string> ReadAsync(HttpClient http, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, (Uri?)null);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != (tag is null ? HttpStatusCode.OK : HttpStatusCode.NotModified))
            throw new InvalidOperationException($"The relay answered {response.StatusCode}.");
        await response.Content.CopyToAsync(Stream.Null);
        return response.Headers.ETag!.ToString();
    }

    private static async Task<long> PeakAsync(CancellationToken cancellationToken)
    {
        var peak = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            await Task.Delay(10, CancellationToken.None);
        }

        return peak;
    }

    private static async Task<WebApplication> StartAsync(Upstream upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddProgressiveDelivery(flags => flags.From(_ => upstream).Configure(static options => options.Limits.MaxBytes = 128 * 1024 * 1024));
        var app = builder.Build();
        app.MapSnapshots("/snapshot").AllowAnonymous();
        await app.StartAsync();
        if (!(await app.Services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(TimeSpan.FromMinutes(1))).HasRules)
            throw new InvalidOperationException("The relay has no rules.");
        return app;
    }

    private static int PortOf(WebApplication app) => new Uri(app.Urls.Single()).Port;

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static async Task UntilAsync(Subscriber[] subscribers, Func<Subscriber, bool> condition)
    {
        foreach (var subscriber in subscribers)
        {
            while (!condition(subscriber))
                await Task.Delay(1);
        }
    }
}
