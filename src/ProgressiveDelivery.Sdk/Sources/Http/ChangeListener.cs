using System.Net;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Waits for the next poll, and no longer than until a backend's stream says that something changed. The stream is an extra: while it cannot be
/// read, polls go on as without it.
/// </summary>
internal sealed class ChangeListener(HttpSourceOptions options, HttpRequests requests, HttpFaults faults, TimeProvider time, Random random)
{
    private static readonly TimeSpan Sound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(1);

    private readonly FullJitter _pace = new(random);

    /// <summary>Completes after a pause, or soon after an event that tells of a change: a fleet that hears of it together does not poll together.</summary>
    public async Task WaitAsync(Uri endpoint, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        while (!either.IsCancellationRequested)
        {
            var isChanged = await TryListenAsync(endpoint, either.Token).ConfigureAwait(false);
            await Task.Delay(isChanged ? LongestSpread * random.NextDouble() : _pace.Next(), time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (isChanged) break;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> TryListenAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        try
        {
            await ListenAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // It is over, or cannot be read: the next poll tells what there is to tell.
            return false;
        }
    }

    private async Task ListenAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var response = await requests.SendAsync(endpoint, EventConnection.MediaType, default, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK || !EventConnection.IsStream(response))
            throw faults.Status(response, time.GetUtcNow());
        using var connection = await EventConnection.OpenAsync(response, isResumed: false, new(options.MaximumBytes, static _ => false), faults, cancellationToken).ConfigureAwait(false);
        var begin = time.GetTimestamp();
        while (await connection.NextAsync(cancellationToken).ConfigureAwait(false) is { } next)
        {
            if (!options.TellsOfChange(next.Type)) continue;
            _pace.Reset();
            return;
        }

        // One that is ended as soon as it is open is asked less and less.
        if (time.GetElapsedTime(begin) >= Sound) _pace.Reset();
        throw faults.Ended(connection.RetryAfter);
    }
}
