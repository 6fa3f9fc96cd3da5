using System.Net;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Backends.Tests.Flagd.Wire;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

/// <summary>A sync server on a port of its own: sends what it is told to, to everybody who asks and whoever is connected.</summary>
internal sealed class SyncServer : FlagSyncService.FlagSyncServiceBase, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Channel<SyncFlagsResponse?>> _streams = [];
    private readonly Channel<(SyncFlagsRequest Request, Metadata Headers)> _requests = Channel.CreateUnbounded<(SyncFlagsRequest, Metadata)>();
    private WebApplication? _host;
    private SyncFlagsResponse? _current;

    public Uri Address { get; private set; } = null!;

    /// <summary>What every request is refused with; null: none is.</summary>
    public Grpc.Core.Status? Refusal { get; set; }

    /// <summary>What the deprecated call answers; null: the server does not have it.</summary>
    public Struct? Metadata { get; set; }

    public static async Task<SyncServer> StartAsync()
    {
        var server = new SyncServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(server);
        server._host = builder.Build();
        server._host.MapGrpcService<SyncServer>();
        await server._host.StartAsync();
        server.Address = new(server._host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>Sends a configuration to whoever is connected, and to whoever connects from now on.</summary>
    public void Publish(string configuration, Struct? context = null)
    {
        lock (_gate)
        {
            _current = new() { FlagConfiguration = configuration, SyncContext = context };
            foreach (var stream in _streams)
                stream.Writer.TryWrite(_current);
        }
    }

    /// <summary>Ends all streams, as a server that is shut down.</summary>
    public void End()
    {
        lock (_gate)
        {
            foreach (var stream in _streams)
                stream.Writer.TryWrite(null);
            _streams.Clear();
        }
    }

    /// <summary>The next request for a stream.</summary>
    public async Task<(SyncFlagsRequest Request, Metadata Headers)> RequestAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await _requests.Reader.ReadAsync(patience.Token);
    }

    public override async Task SyncFlags(SyncFlagsRequest request, IServerStreamWriter<SyncFlagsResponse> responseStream, ServerCallContext context)
    {
        _requests.Writer.TryWrite((request, context.RequestHeaders));
        if (Refusal is { } refusal)
            throw new RpcException(refusal);
        await foreach (var message in Open().Reader.ReadAllAsync(context.CancellationToken))
        {
            if (message is null)
                return;
            await responseStream.WriteAsync(message, context.CancellationToken);
        }
    }

    public override Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context) =>
        Metadata is { } metadata ? Task.FromResult(new GetMetadataResponse { Metadata = metadata }) : throw new RpcException(new(StatusCode.Unimplemented, "no"));

    public async ValueTask DisposeAsync()
    {
        End();
        await _host!.DisposeAsync();
    }

    private Channel<SyncFlagsResponse?> Open()
    {
        var stream = Channel.CreateUnbounded<SyncFlagsResponse?>();
        lock (_gate)
        {
            _streams.Add(stream);
            if (_current is { } current)
                stream.Writer.TryWrite(current);
        }

        return stream;
    }
}
