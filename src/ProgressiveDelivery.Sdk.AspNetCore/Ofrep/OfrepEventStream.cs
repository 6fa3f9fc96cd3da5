using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Sends the events of changes to one subscriber after the other. Safe to use from any thread.</summary>
/// <param name="changes">The changes.</param>
/// <param name="maxSubscribers">The number of subscribers above which a further one is rejected.</param>
/// <param name="clock">The time.</param>
/// <param name="stopping">Ends all streams.</param>
internal sealed class OfrepEventStream(FlagChanges changes, int maxSubscribers, TimeProvider clock, CancellationToken stopping)
{
    private const string LastEventId = "Last-Event-ID";
    private const int MinRetry = 2000;
    private const int MaxRetry = 6000;

    // A burst of changes is one event.
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    // From a bulk evaluation to the subscription that follows it: what changes meanwhile must not be lost.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    // A subscriber that takes longer to read a few bytes is dead.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly byte[] SignOfLife = ":\n\n"u8.ToArray();

    private int _subscribers;

    /// <summary>The number of open streams.</summary>
    public int Subscribers => Volatile.Read(ref _subscribers);

    /// <summary>Serves a subscriber until it goes, or the host stops.</summary>
    /// <returns>False if there are too many, and nothing was sent.</returns>
    public async Task<bool> ServeAsync(HttpContext http)
    {
        try
        {
            if (Interlocked.Increment(ref _subscribers) > maxSubscribers)
                return false;
            LastingRequest.Begin(http);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await FollowAsync(http, end.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The subscriber went, or the host stops.
        }
        catch (TimeoutException)
        {
            http.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _subscribers);
        }

        return true;
    }

    private async Task FollowAsync(HttpContext http, CancellationToken cancellation)
    {
        var signal = changes.Signal;
        Announce(http);
        // Browsers send the id when they connect again, at a moment of their own, so that they do not all come back at once.
        var retry = RandomNumberGenerator.GetInt32(MinRetry, MaxRetry);
        await WriteAsync(http, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {retry}\nid: {signal.Id}\n\n")), cancellation).ConfigureAwait(false);
        if (HasMissed(http.Request, signal))
            await WriteAsync(http, signal.Message, cancellation).ConfigureAwait(false);
        while (true)
        {
            await signal.Ended.WaitAsync(cancellation).ConfigureAwait(false);
            var next = changes.Signal;
            if (next.Number == signal.Number)
            {
                await WriteAsync(http, SignOfLife, cancellation).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(http, next.Message, cancellation).ConfigureAwait(false);
                await Task.Delay(MinInterval, clock, cancellation).ConfigureAwait(false);
            }

            signal = next;
        }
    }

    private bool HasMissed(HttpRequest request, ChangeSignal signal) => request.Headers[LastEventId].ToString() is { Length: > 0 } last
        ? last != signal.Id
        : signal.ChangedAt is { } changed && clock.GetElapsedTime(changed) < Recent;

    private static void Announce(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await http.Response.Body.WriteAsync(bytes, cancellation).AsTask().WaitAsync(Patience, clock, cancellation).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(cancellation).WaitAsync(Patience, clock, cancellation).ConfigureAwait(false);
    }
}
