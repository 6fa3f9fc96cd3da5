using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Live;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

public class LiveStreamTests
{
    [Fact]
    public async Task ListenerHearsTheTimeAtOnceAndEachSecond()
    {
        await using var app = await PageApp.StartAsync();
        await using var listener = await Listener.OpenAsync(app);

        var first = await listener.NextAsync("tick");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await listener.NextAsync("tick");

        first.GetProperty("now").GetDateTimeOffset().Should().Be(PageApp.Start);
        second.GetProperty("now").GetDateTimeOffset().Should().Be(PageApp.Start.AddSeconds(1));
        second.GetProperty("state").GetString().Should().Be("Ready");
        second.GetProperty("version").GetInt64().Should().Be(1);
        second.GetProperty("stale").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task AcceptedSnapshotIsHeardAtOnce()
    {
        await using var app = await PageApp.StartAsync();
        await using var listener = await Listener.OpenAsync(app);

        await app.PublishAsync(2, TestApp.Always("f", "on"));
        var change = await listener.NextAsync("change");

        change.GetProperty("version").GetInt64().Should().Be(2);
        change.GetProperty("changed").EnumerateArray().Select(static part => part.GetString()).Should().Contain("snapshot").And.NotContain("sources");
    }

    [Fact]
    public async Task ActAndRejectionAreHeardWithinASecond()
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("f", "on"));
        await using var listener = await Listener.OpenAsync(app);

        await app.Control.OverrideAsync("f", "off", new("ada", "test"));
        app.Diagnostics.Sources = [new() { Name = "one", Kind = "file", State = Sdk.Diagnostics.SourceState.Failing }];
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var parts = new HashSet<string?>();
        while (!parts.IsSupersetOf(["control", "sources"]))
            parts.UnionWith((await listener.NextAsync("change")).GetProperty("changed").EnumerateArray().Select(static part => part.GetString()));
    }

    [Fact]
    public async Task S02_ListenersAreLimited()
    {
        await using var app = await PageApp.StartAsync();
        var listeners = new List<Listener>();
        for (var i = 0; i < LiveStream.MaxListeners; i++)
            listeners.Add(await Listener.OpenAsync(app));

        using var refused = await app.GetAsync("/_features/stream", (PageApp.User, "ada"));

        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.Should().NotBeNull();
        app.Logs.GetSnapshot().Should().ContainSingle(static log => log.Id.Id == 2102);
        await listeners[0].DisposeAsync();
        await Wait.UntilAsync(() => StreamOf(app).Count < LiveStream.MaxListeners);
        await (await Listener.OpenAsync(app)).DisposeAsync();
        foreach (var listener in listeners)
            await listener.DisposeAsync();
        await Wait.UntilAsync(() => StreamOf(app).Count == 0);
    }

    [Fact]
    public async Task S01_ListenerThatNeverReadsIsDroppedAndOthersHearOn()
    {
        await using var app = await PageApp.StartAsync();
        await using var idle = await Listener.OpenAsync(app);
        await using var reader = await Listener.OpenAsync(app);
        StreamOf(app).Count.Should().Be(2);

        // Far more than the server holds in memory for one that does not read, and less than the time after which each stream ends.
        for (var i = 0; i < 500 && StreamOf(app).Count == 2; i++)
        {
            app.Diagnostics.Sources = [new() { Name = "source " + i, Kind = "file" }];
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await reader.NextAsync("change");
        }

        await Wait.UntilAsync(() => StreamOf(app).Count == 1);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await reader.NextAsync("tick");
        StreamOf(app).Count.Should().Be(1);
    }

    [Fact]
    public async Task StreamEndsAfterTenMinutesSoThatItIsAuthorizedAgain()
    {
        await using var app = await PageApp.StartAsync();
        await using var listener = await Listener.OpenAsync(app);
        await listener.NextAsync("tick");

        for (var i = 0; i < 600; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await listener.NextAsync("tick");
        }

        await listener.NextAsync("end");
        (await listener.IsOverAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task S08_StreamEndsWhenTheHostStops()
    {
        await using var app = await PageApp.StartAsync();
        await using var listener = await Listener.OpenAsync(app);

        var stop = app.App.StopAsync();
        await listener.NextAsync("end");

        (await listener.IsOverAsync()).Should().BeTrue();
        await stop;
    }

    [Fact]
    public async Task S15_NothingOfFlagsIsInTheStream()
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("secret-flag", "on"));
        await using var listener = await Listener.OpenAsync(app);

        await app.Control.OverrideAsync("secret-flag", "off", new("secret-person", "secret-reason"));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await listener.NextAsync("change");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await listener.NextAsync("tick");

        listener.Text.Should().NotContain("secret");
    }

    private static LiveStream StreamOf(PageApp app) => app.App.Services.GetRequiredService<DiagnosticsMappings>().Pages.Single().Stream;

    /// <summary>A page that follows the stream.</summary>
    private sealed class Listener(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        private readonly System.Text.StringBuilder _text = new();

        public string Text => _text.ToString();

        public static async Task<Listener> OpenAsync(PageApp app)
        {
            var response = await app.GetAsync("/_features/stream", (PageApp.User, "ada"));
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
            return new(response, new(await response.Content.ReadAsStreamAsync()));
        }

        /// <summary>Reads on to the next event of a name.</summary>
        public async Task<JsonElement> NextAsync(string name)
        {
            using var patience = new CancellationTokenSource(Wait.Patience);
            var current = "";
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                _text.AppendLine(line);
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    current = line["event: ".Length..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal) && current == name)
                    return JsonDocument.Parse(line["data: ".Length..]).RootElement;
            }

            throw new EndOfStreamException($"No '{name}' came: {_text}");
        }

        public async Task<bool> IsOverAsync()
        {
            using var patience = new CancellationTokenSource(Wait.Patience);
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.Length > 0)
                    return false;
            }

            return true;
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
