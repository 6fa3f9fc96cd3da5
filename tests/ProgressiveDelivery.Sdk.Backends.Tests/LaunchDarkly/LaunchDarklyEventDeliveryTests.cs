using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using static ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly.EventsUnderTest;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>The way of single events to LaunchDarkly: addresses, headers, retries and losses.</summary>
public sealed class LaunchDarklyEventDeliveryTests
{
    private static readonly EvaluationContext Ada = new("ada");

    [Fact]
    public async Task BatchIsPostedAsLaunchDarklyExpectsIt()
    {
        await using var events = new EventsUnderTest();
        events.Server.Otherwise(Reply.Status("202 Accepted"));
        events.Client.Track("seen", Ada);

        await events.EndAsync();

        var request = await events.Server.RequestAsync();
        (request.Target, request["Authorization"], request["X-LaunchDarkly-Event-Schema"], request["Content-Type"], request["Content-Encoding"]).Should().Be(("/ld/bulk", "sdk-secret", "4", "application/json", null));
        Guid.TryParseExact(request["X-LaunchDarkly-Payload-ID"], "D", out _).Should().BeTrue();
        events.Client.Status.EventSinks.Single().Should().BeEquivalentTo(new { Sink = new Uri(events.Server.Address, "/ld/bulk").ToString(), Sent = 2L, Queued = 0L, Lost = 0L });
    }

    [Fact]
    public async Task BodyCanBeCompressed()
    {
        await using var events = new EventsUnderTest { Configure = static options => options.Compress = true };
        events.Server.Otherwise(Reply.Status("202 Accepted"));
        events.Client.Track("seen", Ada);

        await events.EndAsync();

        var request = await events.Server.RequestAsync();
        request["Content-Encoding"].Should().Be("gzip");
        using var body = JsonDocument.Parse(new GZipStream(new MemoryStream(Encoding.Latin1.GetBytes(request.Body)), CompressionMode.Decompress));
        body.RootElement.GetArrayLength().Should().Be(2);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("")]
    public async Task RetryHasTheSamePayloadAndId(string answer)
    {
        await using var events = WithRetries();
        events.Server.Then((socket, stopping) => Reply.SendAsync(socket, Encoding.ASCII.GetBytes(answer), stopping)).Otherwise(Reply.Status("202 Accepted"));
        events.Client.Track("seen", Ada);

        await events.EndAsync();

        var (first, second) = (await events.Server.RequestAsync(), await events.Server.RequestAsync());
        second["X-LaunchDarkly-Payload-ID"].Should().Be(first["X-LaunchDarkly-Payload-ID"]);
        second.Body.Should().Be(first.Body);
        events.Client.Status.EventSinks[0].Should().BeEquivalentTo(new { Sent = 2L, Lost = 0L });
    }

    [Fact]
    public async Task BatchThatIsTooLargeIsSplitUnderOtherIds()
    {
        await using var events = WithRetries();
        events.Server.Then(Reply.Status("413 Content Too Large")).Otherwise(Reply.Status("202 Accepted"));
        for (var i = 0; i < 3; i++)
            events.Client.Track($"metric-{i}", Ada);

        await events.EndAsync();

        ScriptedRequest[] requests = [await events.Server.RequestAsync(), await events.Server.RequestAsync(), await events.Server.RequestAsync()];
        requests.Select(request => request["X-LaunchDarkly-Payload-ID"]).Should().OnlyHaveUniqueItems();
        requests[1..].SelectMany(Events).Select(one => one.GetRawText()).Should().Equal(Events(requests[0]).Select(one => one.GetRawText()));
        events.Client.Status.EventSinks[0].Should().BeEquivalentTo(new { Sent = 4L, Lost = 0L });
    }

    [Theory]
    [InlineData("401 Unauthorized", EventLossCause.Shutdown, "*SdkKey*")]
    [InlineData("400 Bad Request", EventLossCause.Invalid, null)]
    public async Task LossIsCountedAndExplained(string status, EventLossCause cause, string? fault)
    {
        await using var events = WithRetries();
        events.Server.Otherwise(Reply.Status(status));
        events.Client.Track("seen", Ada);

        await events.EndAsync();

        var sink = events.Client.Status.EventSinks[0];
        (sink.Sent, sink.Queued, sink.Lost, sink.LostByCause[cause], sink.Aggregated).Should().Be((0, 0, 2, 2, 0));
        if (fault is null)
            sink.Fault.Should().BeNull();
        else
            sink.Fault.Should().Match(fault).And.NotContain("sdk-secret");
    }

    [Fact]
    public void ErrorsInOptionsAreReportedTogether()
    {
        using var services = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromDocument("""{"version":1,"flags":{}}""").SendEventsToLaunchDarkly(options =>
        {
            (options.Address, options.RequestTimeout, options.Context, options.RememberedContexts, options.RepeatContextsAfter) = (new("/bulk", UriKind.Relative), TimeSpan.Zero, null!, 1, TimeSpan.Zero);
            options.PrivateAttributes.UnionWith(["", "/", "/a//b", "/a~2", "fine", "/fine/too"]);
        })).BuildServiceProvider();

        var message = services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which.Message;

        foreach (var option in new[] { "SdkKey", "Address", "RequestTimeout", "Context", "RememberedContexts", "RepeatContextsAfter", "''", "'/'", "'/a//b'", "'/a~2'" })
            message.Should().Contain(option);
        message.Should().NotContain("'fine'").And.NotContain("'/fine/too'");
    }

    [Fact]
    public async Task ManyThreadsIndexAContextOnce()
    {
        await using var events = new EventsUnderTest();
        var client = events.Client;

        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (var i = 0; i < 200; i++)
                client.GetString("unknown", new EvaluationContext($"user-{i}"), "");
        });

        (await events.SentAsync("index")).Select(one => one.GetProperty("context").GetProperty("key").GetString()).Should().HaveCount(200).And.OnlyHaveUniqueItems();
    }

    // Without pauses, which a clock that stands would not end.
    private static EventsUnderTest WithRetries() => new()
    {
        Pipeline = static options => options.UseResilience(static attempts => attempts.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.Zero, ShouldHandle = new PredicateBuilder().Handle<Reporting.EventSinkException>(static fault => fault.Kind == Reporting.EventSinkFaultKind.Unavailable) })),
    };
}
