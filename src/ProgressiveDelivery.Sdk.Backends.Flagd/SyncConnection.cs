using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using ProgressiveDelivery.Sdk.Backends.Flagd.Wire;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>One stream of configurations, and the message that it waits for.</summary>
internal sealed class SyncConnection : IDisposable
{
    private const string SelectorHeader = "flagd-selector";

    private readonly FlagdSourceOptions _options;
    private readonly GrpcChannel _channel;
    private readonly FlagSyncService.FlagSyncServiceClient _client;
    private readonly CancellationTokenSource _closing = new();
    private readonly AsyncServerStreamingCall<SyncFlagsResponse> _call;
    private Task<Struct?>? _context;

    public SyncConnection(FlagdSourceOptions options, int maxBytes, long startedAt)
    {
        _options = options;
        StartedAt = startedAt;
        _channel = GrpcChannel.ForAddress(options.Address!, new()
        {
            HttpHandler = Handler(options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = maxBytes,
        });
        _client = new(_channel);
        // Older servers read the selector from this member, newer ones from the header.
#pragma warning disable CS0612
        _call = _client.SyncFlags(new() { ProviderId = options.ProviderId, Selector = options.Selector ?? "" }, Headers(), cancellationToken: _closing.Token);
#pragma warning restore CS0612
        Next = _call.ResponseStream.MoveNext(_closing.Token);
    }

    /// <summary>The clock's timestamp at the start.</summary>
    public long StartedAt { get; }

    /// <summary>Indicates whether a configuration has arrived.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Completes with true on a message, or with false if the server has ended the stream.</summary>
    public Task<bool> Next { get; private set; }

    /// <summary>Returns the message that has arrived, and waits for the next one.</summary>
    public SyncFlagsResponse Take()
    {
        var message = _call.ResponseStream.Current;
        HasBegun = true;
        Next = _call.ResponseStream.MoveNext(_closing.Token);
        return message;
    }

    /// <summary>Requests, once, the values for every evaluation from a server that sends them apart from the configuration; null if the request fails.</summary>
    public Task<Struct?> ReadContextAsync(TimeProvider time, CancellationToken cancellationToken) => _context ??= AskContextAsync(time, cancellationToken);

    public void Dispose()
    {
        _closing.Cancel();
        // The task that was waited for ends with an exception, which is ignored.
        _ = Next.ContinueWith(static next => next.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _call.Dispose();
        _channel.Dispose();
        _closing.Dispose();
    }

    private async Task<Struct?> AskContextAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return (await _client.GetMetadataAsync(new(), Headers(), cancellationToken: either.Token).ConfigureAwait(false)).Metadata;
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private Metadata Headers()
    {
        var headers = new Metadata();
        if (!string.IsNullOrEmpty(_options.Selector))
            headers.Add(SelectorHeader, _options.Selector);
        if (_options.Authorization is { } authorization)
            headers.Add("authorization", authorization);
        return headers;
    }

    private static SocketsHttpHandler Handler(FlagdSourceOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.Deadline,
            KeepAlivePingDelay = options.KeepAliveInterval,
            KeepAlivePingTimeout = options.KeepAliveInterval,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            AllowAutoRedirect = false,   // metadata may be credentials
            UseCookies = false,
        };
        options.Handler?.Invoke(handler);
        return handler;
    }
}
