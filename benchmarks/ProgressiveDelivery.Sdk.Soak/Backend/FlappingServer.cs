using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Soak.Backend;

/// <summary>A backend on the loopback interface that does, on demand, what backends and networks do.</summary>
internal sealed class FlappingServer(Publisher publisher) : IAsyncDisposable
{
    private CancellationTokenSource _hangUp = new();
    private WebApplication? _server;
    private int _port;
    private int _streams;
    private int _polls;
    private volatile int _poisonedPolls;

    public Weather Weather { get; private set; }

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>How many streams were opened.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>How many documents were asked for.</summary>
    public int Polls => Volatile.Read(ref _polls);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port, listen => listen.Use(Accept)));
        _server = builder.Build();
        _server.MapGet("/stream", StreamAsync);
        _server.MapGet("/snapshot", AnswerAsync);
        await _server.StartAsync();
        _port = new Uri(_server.Urls.Single()).Port;
    }

    public async Task ChangeAsync(Weather weather)
    {
        var before = Weather;
        Weather = weather;
        if (weather is Weather.Resetting or Weather.Failing or Weather.Down)
            HangUp();
        if (weather == Weather.Down)
            await StopAsync();
        else if (before == Weather.Down)
            await StartAsync();
    }

    /// <summary>Ends all streams in the middle of whatever they are about.</summary>
    public void HangUp() => Interlocked.Exchange(ref _hangUp, new()).Cancel();

    /// <summary>Has the next document that is asked for be one to refuse.</summary>
    public void PoisonNextPoll() => _poisonedPolls = 1;

    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is not { } server)
            return;
        HangUp();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await server.StopAsync(patience.Token);
        await server.DisposeAsync();
    }

    private ConnectionDelegate Accept(ConnectionDelegate next) => connection =>
    {
        if (Weather != Weather.Resetting)
            return next(connection);
        connection.Abort();
        return Task.CompletedTask;
    };

    private async Task StreamAsync(HttpContext http)
    {
        Interlocked.Increment(ref _streams);
        if (IsFailing(http))
            return;
        http.Response.ContentType = "text/event-stream";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _hangUp.Token);
        try
        {
            await WriteAsync(http, publisher.From(LastEventId(http)), ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            http.Abort();
        }
    }

    private async Task WriteAsync(HttpContext http, StreamNode node, CancellationToken cancellationToken)
    {
        for (; ; node = await node.Next.WaitAsync(cancellationToken))
        {
            while (Weather == Weather.Silent)
                await Task.Delay(100, cancellationToken);
            await http.Response.Body.WriteAsync(node.Text, cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _polls);
        if (IsFailing(http))
            return;
        http.Response.ContentType = "application/json";
        http.Response.Headers.ETag = $"\"{publisher.Version}\"";
        if (http.Request.Headers.IfNoneMatch == http.Response.Headers.ETag)
            http.Response.StatusCode = StatusCodes.Status304NotModified;
        else
            await http.Response.Body.WriteAsync(Interlocked.Exchange(ref _poisonedPolls, 0) == 1 ? publisher.Poisons(2) : publisher.Document(), http.RequestAborted);
    }

    private bool IsFailing(HttpContext http)
    {
        if (Weather != Weather.Failing)
            return false;
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "5";
        return true;
    }

    private static long? LastEventId(HttpContext http) =>
        long.TryParse(http.Request.Headers["Last-Event-ID"], out var id) ? id : null;
}
