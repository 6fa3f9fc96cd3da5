using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using ProgressiveDelivery.Sdk.Backends.Flagd.Wire;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>One stream of configurations, and the message that is waited for.</summary>
internal sealed class SyncConnection : IDisposable
{
    private const string SelectorHeader = "flagd-selector";

    private readonly FlagdSourceOptions _options;
    private readonly GrpcChannel _channel;
    private readonly FlagSyncService.FlagSyncServiceClient _client;
    private readonly CancellationTokenSource _closing = new();
    private readonly AsyncServerStreamingCall<SyncFlagsResponse> _call;
    private Task<Struct?>? _context;

    public SyncConnection(FlagdSourceOptions options, long startedAt)
    {
        _options = options;
        StartedAt = startedAt;
        _channel = GrpcChannel.ForAddress(options.Address!, new()
        {
            HttpHandler = Handler(options),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaximumBytes,
        });
        _client = new(_channel);
        // Of the two ways to say which flags are wanted, this is the one of older servers.
#pragma warning disable CS0612
        _call = _client.SyncFlags(new() { ProviderId = options.ProviderId, Selector = options.Selector ?? "" }, Headers(), cancellationToken: _closing.Token);
#pragma warning restore CS0612
        Next = _call.ResponseStream.MoveNext(_closing.Token);
    }

    /// <summary>When it was begun, as the clock stamps it.</summary>
    public long StartedAt { get; }

    /// <summary>Whether a configuration has come.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Completes when there is a message; false: the server has ended the stream.</summary>
    public Task<bool> Next { get; private set; }

    /// <summary>Takes the message that has come, and waits for the one after it.</summary>
    public SyncFlagsResponse Take()
    {
        var message = _call.ResponseStream.Current;
        HasBegun = true;
        Next = _call.ResponseStream.MoveNext(_closing.Token);
        return message;
    }

    /// <summary>The values for every evaluation, asked once of a server that does not send them with the configuration; null where it does not tell.</summary>
    public Task<Struct?> ReadContextAsync(TimeProvider time, CancellationToken cancellationToken) => _context ??= AskContextAsync(time, cancellationToken);

    public void Dispose()
    {
        _closing.Cancel();
        // What it was waited for ends with an exception that nobody is interested in any more.
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
        };
        options.Handler?.Invoke(handler);
        return handler;
    }
}
