using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Quickstart;

/// <summary>
/// All that a backend must do: hold one snapshot document, and answer a GET with it and its ETag, or with 304.
/// It is a server of its own; only that it lives in this process is for the sample's sake.
/// </summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _server;
    private volatile Document _published;

    private Backend(WebApplication server, Document first)
    {
        _server = server;
        _published = first;
    }

    public Uri SnapshotAddress => new($"{_server.Urls.Single()}/snapshot");

    public static async Task<Backend> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));

        var backend = new Backend(builder.Build(), new(1, await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "flags.json"), cancellationToken)));
        backend._server.MapGet("/snapshot", backend.Answer);
        await backend._server.StartAsync(cancellationToken);
        return backend;
    }

    /// <summary>Publishes a change of the flags as the next version, which it returns.</summary>
    public long Publish(Action<JsonNode> change)
    {
        var snapshot = JsonNode.Parse(_published.Body)!;
        var version = _published.Version + 1;
        change(snapshot["flags"]!);
        snapshot["version"] = version;
        snapshot["publishedAt"] = DateTimeOffset.UtcNow.ToString("O");
        _published = new(version, Encoding.UTF8.GetBytes(snapshot.ToJsonString()));
        return version;
    }

    /// <summary>Publishes another share of visitors for the canary.</summary>
    public long PublishCanary(int percent) =>
        Publish(flags => flags["new-checkout"]!["rules"]![1]!["serve"]!["rollout"]!["percent"] = percent);

    /// <summary>Whether anything takes connections at its address.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(SnapshotAddress.Host, SnapshotAddress.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private FileContentHttpResult Answer()
    {
        var published = _published;
        return TypedResults.Bytes(published.Body, "application/json", entityTag: new EntityTagHeaderValue($"\"{published.Version}\""));
    }

    private sealed record Document(long Version, byte[] Body);
}
