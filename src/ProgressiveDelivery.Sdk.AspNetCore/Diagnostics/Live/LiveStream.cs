using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Live;

/// <summary>
/// The stream of one mapping: server-sent events for pages that follow it. One loop serves all listeners, and runs only while there are some. A stream ends after ten minutes and when the host
/// stops; its page connects again, and is authorized again. Safe to use from any thread.
/// </summary>
/// <param name="site">The mapping.</param>
internal sealed class LiveStream(DiagnosticsSite site)
{
    /// <summary>The listeners that are served at once; further ones get 503.</summary>
    public const int MaxListeners = 50;

    private const int MaxTicks = 600;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly List<LiveListener> _listeners = [];
    private ITimer? _timer;
    private IDisposable? _subscription;
    private LiveState? _state;

    /// <summary>The listeners now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _listeners.Count;
        }
    }

    /// <summary>Answers a request with the stream, until one of both sides ends it.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        using var listener = new LiveListener();
        if (!TryAdd(listener))
        {
            site.Logger.TooManyListeners(site.ClientLabel, MaxListeners);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "30";
            return;
        }

        LastingRequest.Begin(http);
        // What the stop of the host and the timer do is over, as far as this listener goes, once it is removed.
        var stop = site.Stopping.Register(listener.End);
        try
        {
            await SendAsync(http, listener).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
        finally
        {
            Remove(listener);
            await stop.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(HttpContext http, LiveListener listener)
    {
        var response = http.Response;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, listener.Dropped);
        await response.StartAsync(ended.Token).ConfigureAwait(false);
        await foreach (var message in listener.Messages.ReadAllAsync(ended.Token).ConfigureAwait(false))
        {
            await response.Body.WriteAsync(message, ended.Token).ConfigureAwait(false);
            await response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
        }

        ended.Token.ThrowIfCancellationRequested();
    }

    private bool TryAdd(LiveListener listener)
    {
        bool isFirst;
        lock (_lock)
        {
            if (_listeners.Count >= MaxListeners)
                return false;
            isFirst = _listeners.Count == 0;
            _listeners.Add(listener);
            _state ??= LiveState.Of(site);
            listener.Send(LiveMessage.Tick(_state, site.Clock.GetUtcNow(), _state.Status.MaxStaleness));
            if (isFirst)
                _timer = site.Clock.CreateTimer(static stream => ((LiveStream)stream!).Pulse(isTick: true), this, Period, Period);
        }

        if (isFirst)
            Subscribe();
        return true;
    }

    // Outside of the lock: the client calls back at once, from another thread.
    private void Subscribe()
    {
        var subscription = site.Client.OnChange(_ => Pulse(isTick: false));
        lock (_lock)
        {
            if (_listeners.Count > 0 && _subscription is null)
            {
                _subscription = subscription;
                return;
            }
        }

        subscription.Dispose();
    }

    private void Remove(LiveListener listener)
    {
        IDisposable? subscription = null;
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (_listeners.Count == 0)
            {
                _timer?.Dispose();
                (_timer, _state) = (null, null);
                (subscription, _subscription) = (_subscription, null);
            }
        }

        subscription?.Dispose();
    }

    private void Pulse(bool isTick)
    {
        try
        {
            lock (_lock)
            {
                if (_listeners.Count > 0)
                    Announce(LiveState.Of(site), isTick);
            }
        }
        catch (Exception fault)     // On a thread of the timer it would end the process.
        {
            site.Logger.StreamFailed(fault, site.ClientLabel);
        }
    }

    private void Announce(LiveState state, bool isTick)
    {
        var changed = state.ChangedSince(_state ?? state).ToArray();
        _state = state;
        var change = changed.Length > 0 ? LiveMessage.Change(state, changed) : default;
        var tick = isTick ? LiveMessage.Tick(state, site.Clock.GetUtcNow(), state.Status.MaxStaleness) : default;
        foreach (var listener in _listeners)
        {
            if (changed.Length > 0)
                listener.Send(change);
            if (!isTick)
                continue;
            listener.Send(tick);
            if (++listener.Ticks >= MaxTicks)
                listener.End();
        }
    }
}
