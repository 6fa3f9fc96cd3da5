using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>A client with LaunchDarkly's rules in memory, whose single events go to a server of the test's own. Its clock stands, so events leave when the client ends, or are flushed.</summary>
internal sealed class EventsUnderTest : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private ServiceProvider? _services;
    private IFeatureClient? _client;

    /// <summary>The rules: the members of <c>flags</c>.</summary>
    public string Flags { get; init; } = "";

    public ScriptedHttpServer Server { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Now);

    public Action<LaunchDarklyEventOptions> Configure { get; init; } = static _ => { };

    public Action<EventPipelineOptions> Pipeline { get; init; } = static _ => { };

    public Action<ProgressiveDeliveryBuilder> Also { get; init; } = static _ => { };

    public IFeatureClient Client => _client ??= (_services ??= Build()).GetRequiredService<IFeatureClient>();

    public ISnapshotControl Control => (_services ??= Build()).GetRequiredService<ISnapshotControl>();

    public static long Date(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static string FlagOf(string key, string members) =>
        $$"""{{JsonSerializer.Serialize(key)}}:{"key":{{JsonSerializer.Serialize(key)}},"version":7,"on":true,"salt":"s","variations":["a","b"],"offVariation":1,{{members}}}""";

    /// <summary>Ends the client, and returns what it sent in its one request.</summary>
    public async Task<JsonElement[]> SentAsync()
    {
        Server.Otherwise(Reply.Status("202 Accepted"));
        await EndAsync();
        return Events(await Server.RequestAsync());
    }

    /// <summary>The events of a kind that the client sent in its one request.</summary>
    public async Task<JsonElement[]> SentAsync(string kind) => Of(await SentAsync(), kind);

    public static JsonElement[] Of(JsonElement[] events, string kind) => [.. events.Where(one => one.GetProperty("kind").GetString() == kind)];

    public static JsonElement[] Events(ScriptedRequest request)
    {
        using var body = JsonDocument.Parse(Encoding.Latin1.GetBytes(request.Body));
        return [.. body.RootElement.Clone().EnumerateArray()];
    }

    // As a host does: an HTTP client cannot be made for the first time while the container ends.
    public async Task EndAsync()
    {
        await ((FeatureClient)Client).FlushAsync();
        await _services!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Server.Otherwise(Reply.Status("202 Accepted"));
        if (_services is not null)
            await EndAsync();
        Server.Dispose();
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddProgressiveDelivery(flags =>
        {
            flags
                .From(_ => new InMemorySnapshotSource($$"""{"flags":{{{Flags}}},"segments":{} }""", new LaunchDarklyFormat()))
                .ConfigureEvents(Pipeline)
                .SendEventsToLaunchDarkly(options =>
                {
                    (options.SdkKey, options.Address) = ("sdk-secret", new(Server.Address, "/ld"));
                    Configure(options);
                });
            Also(flags);
        })
        .BuildServiceProvider();
}
