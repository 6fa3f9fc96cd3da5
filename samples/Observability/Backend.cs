using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Observability;

/// <summary>A backend of flags on this machine, which can publish a version, and fail.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _server;
    private volatile Document _published;
    private volatile bool _isFailing;

    private Backend(WebApplication server, Document first) => (_server, _published) = (server, first);

    public Uri SnapshotAddress => new($"{_server.Urls.Single()}/snapshot");

    /// <summary>Indicates whether it answers requests with status 503.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set => _isFailing = value;
    }

    public static async Task<Backend> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        var flags = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "flags.json"), cancellationToken);
        var backend = new Backend(builder.Build(), new(1, flags));
        backend._server.MapGet("/snapshot", backend.Answer);
        await backend._server.StartAsync(cancellationToken);
        return backend;
    }

    /// <summary>Turns a flag off in the next version, which it returns.</summary>
    public long TurnOff(string flag)
    {
        var snapshot = JsonNode.Parse(_published.Body)!;
        var version = _published.Version + 1;
        snapshot["flags"]![flag]!["enabled"] = false;
        snapshot["version"] = version;
        snapshot["publishedAt"] = DateTimeOffset.UtcNow.ToString("O");
        _published = new(version, Encoding.UTF8.GetBytes(snapshot.ToJsonString()));
        return version;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Answer()
    {
        var published = _published;
        return _isFailing
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Bytes(published.Body, "application/json", entityTag: new EntityTagHeaderValue($"\"{published.Version}\""));
    }

    private sealed record Document(long Version, byte[] Body);
}
