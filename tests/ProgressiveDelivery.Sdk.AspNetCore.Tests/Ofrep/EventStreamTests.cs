using System.IO.Pipelines;
using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Ofrep;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>Events of changes.</summary>
public sealed class EventStreamTests
{
    private const string Refetch = "data: {\"type\":\"refetchEvaluation\"}";

    [Fact]
    public async Task ChangeOfAVisibleFlagIsAnEventAndThatOfAHiddenOneIsNone()
    {
        await using var app = await OfrepApp.StartAsync();
        using var subscriber = await Subscriber.StartAsync(app);
        var start = await subscriber.NextAsync();

        await app.App.PublishAsync(2, OfrepApp.Flags.Replace("\"secret\": {\"type\": \"boolean\", \"default\": \"off\"", "\"secret\": {\"type\": \"boolean\", \"clientVisible\": false, \"track\": true, \"default\": \"off\"", StringComparison.Ordinal) + """, "new-secret": {"type": "boolean", "default": "on"}""");
        await app.App.PublishAsync(3, OfrepApp.Flags.Replace("0.5", "0.6", StringComparison.Ordinal));
        var next = await subscriber.NextAsync();

        start.Should().MatchRegex(@"^retry: [2-5]\d{3}\nid: [0-9A-F]{12}-0$");
        next.Should().MatchRegex($@"^id: [0-9A-F]{{12}}-\d\n{Refetch.Replace("{", "\\{", StringComparison.Ordinal)}$");
        subscriber.Response.Content.Headers.ContentType!.ToString().Should().Be("text/event-stream");
        subscriber.Response.Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task OverrideOfAHiddenFlagThatAVisibleOneRequiresIsAnEvent()
    {
        await using var app = await OfrepApp.StartAsync();
        using var subscriber = await Subscriber.StartAsync(app);
        await subscriber.NextAsync();

        await app.App.App.Services.GetRequiredService<ISnapshotControl>().OverrideAsync("secret", "on", new("ops", "a test"));

        (await subscriber.NextAsync()).Should().Contain(Refetch);
    }

    [Fact]
    public async Task FlagThatGoesOrIsHiddenIsAnEvent()
    {
        await using var app = await OfrepApp.StartAsync();
        using var subscriber = await Subscriber.StartAsync(app);
        await subscriber.NextAsync();

        await app.App.PublishAsync(2, OfrepApp.Flags.Replace("\"text\": {\"type\": \"string\", \"clientVisible\": true", "\"text\": {\"type\": \"string\"", StringComparison.Ordinal));

        (await subscriber.NextAsync()).Should().Contain(Refetch);
    }

    [Fact]
    public async Task BurstIsOneEventAndSignsOfLifeGoOn()
    {
        await using var app = await OfrepApp.StartAsync();
        var (clock, pipe, rules) = (new FakeTimeProvider(), new Pipe(), app.App.Features.GetSnapshot());
        using var changes = new FlagChanges(clock);
        var client = CapturedClient.Behind(app.App.Features);
        changes.Start(client);
        using var stopping = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        http.Response.Body = pipe.Writer.AsStream();
        var serving = new OfrepEventStream(changes, 1, clock, stopping.Token).ServeAsync(http);
        using var subscriber = new Subscriber(new(), new StreamReader(pipe.Reader.AsStream()));
        await subscriber.NextAsync();
        Change();
        (await subscriber.NextAsync()).Should().EndWith(Refetch);

        for (var i = 0; i < 17; i++)
            Change();

        (await subscriber.NextAsync(clock)).Should().EndWith($"-18\n{Refetch}");
        (await subscriber.NextAsync(clock)).Should().Be(":");
        await stopping.CancelAsync();
        (await serving).Should().BeTrue();

        void Change() => ((CapturedClient)(object)client).Handler!(new(rules, rules) { ChangedFlags = new HashSet<string> { "ratio" } });
    }

    [Fact]
    public async Task EventsOfManyVersionsEndWithTheNewest()
    {
        await using var app = await OfrepApp.StartAsync();
        using var subscriber = await Subscriber.StartAsync(app);
        await subscriber.NextAsync();

        for (var version = 2; version < 20; version++)
            await app.App.PublishAsync(version, OfrepApp.Flags.Replace("0.5", $"0.{version}1", StringComparison.Ordinal));
        var events = new List<string>();
        do
            events.Add(await subscriber.NextAsync(app.App.Clock));
        while (events[^1] != ":" || events.TrueForAll(static one => one == ":"));

        events.Where(static one => one != ":").Should().NotBeEmpty().And.HaveCountLessThanOrEqualTo(18).And.OnlyHaveUniqueItems().And.OnlyContain(static one => one.EndsWith(Refetch, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S05_ReturningSubscriberHearsOfWhatItMissed()
    {
        await using var app = await OfrepApp.StartAsync();
        string? id;
        using (var first = await Subscriber.StartAsync(app))
            id = (await first.NextAsync()).Split("id: ")[1];
        await app.App.PublishAsync(2, OfrepApp.Flags.Replace("0.5", "0.6", StringComparison.Ordinal));
        await Wait.UntilAsync(() => app.App.Features.Status.SnapshotVersion == 2);

        using var returning = await Subscriber.StartAsync(app, id);
        using var current = await Subscriber.StartAsync(app, "of-another-run-7");

        (await Both(returning)).Should().EndWith(Refetch);
        (await Both(current)).Should().EndWith(Refetch);
    }

    [Fact]
    public async Task S05_NewSubscriberHearsOfWhatChangedWhileItCame()
    {
        await using var app = await OfrepApp.StartAsync();
        await app.AskAllAsync();
        await app.App.PublishAsync(2, OfrepApp.Flags.Replace("0.5", "0.6", StringComparison.Ordinal));

        using var early = await Subscriber.StartAsync(app);
        (await Both(early)).Should().EndWith(Refetch);
        app.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using var late = await Subscriber.StartAsync(app);
        await late.NextAsync();
        (await late.NextAsync(app.App.Clock)).Should().Be(":");
    }

    [Fact]
    public async Task S02_SubscribersAreBoundedAndGoneOnesMakeRoom()
    {
        await using var app = await OfrepApp.StartAsync(static options => options.MaxSubscribers = 1);
        using (var first = await Subscriber.StartAsync(app))
        {
            await first.NextAsync();
            for (var i = 0; i < 2; i++)
            {
                using var second = await Subscriber.StartAsync(app);
                second.Response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
                second.Response.Headers.RetryAfter.Should().NotBeNull();
            }
        }

        await Wait.UntilAsync(() =>
        {
            using var third = Subscriber.StartAsync(app).GetAwaiter().GetResult();
            return third.Response.StatusCode == HttpStatusCode.OK;
        });
        app.App.Logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2121);
    }

    [Fact]
    public async Task WithoutSubscribersThereIsNoStream()
    {
        await using var app = await OfrepApp.StartAsync(static options => options.MaxSubscribers = 0);

        using var subscriber = await Subscriber.StartAsync(app);

        subscriber.Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await app.AskAllAsync()).Json!.AsObject().ContainsKey("eventStreams").Should().BeFalse();
    }

    [Fact]
    public async Task S08_StreamEndsWithTheHost()
    {
        await using var app = await OfrepApp.StartAsync();
        using var subscriber = await Subscriber.StartAsync(app);
        await subscriber.NextAsync();

        app.App.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await subscriber.NextAsync()).Should().BeEmpty();
    }

    private static async Task<string> Both(Subscriber subscriber) => await subscriber.NextAsync() + "\n" + await subscriber.NextAsync();

    /// <summary>A client whose changes a test makes by hand.</summary>
    public class CapturedClient : DispatchProxy
    {
        private IFeatureClient _behind = null!;

        public Action<SnapshotChange>? Handler { get; private set; }

        public static IFeatureClient Behind(IFeatureClient client)
        {
            var proxy = Create<IFeatureClient, CapturedClient>();
            ((CapturedClient)(object)proxy)._behind = client;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(IFeatureClient.OnChange))
                return targetMethod.Invoke(_behind, args);
            Handler = (Action<SnapshotChange>)args![0]!;
            return new MemoryStream();
        }
    }

    private sealed class Subscriber(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public HttpResponseMessage Response => response;

        public static async Task<Subscriber> StartAsync(OfrepApp app, string? lastId = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, OfrepApp.Events);
            if (lastId is not null)
                request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
            var response = await app.App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        /// <summary>The next event, without its last line; empty at the end. A clock goes on until it comes.</summary>
        public async Task<string> NextAsync(FakeTimeProvider? clock = null)
        {
            using var patience = new CancellationTokenSource(Wait.Patience);
            var lines = new List<string>();
            while (true)
            {
                var line = reader.ReadLineAsync(patience.Token).AsTask();
                while (clock is not null && !line.IsCompleted)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(100));
                    await Task.Yield();
                }

                if (await line is not { Length: > 0 } text)
                    return string.Join('\n', lines);
                lines.Add(text);
            }
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
