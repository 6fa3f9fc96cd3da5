using System.Net;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Waits for the next poll, at most until a backend's stream reports a change. The stream is an extra: while it cannot be read, polls
/// go on as without it.
/// </summary>
internal sealed class ChangeListener(PolledEndpoint source, HttpRequests requests, HttpFaults faults, TimeProvider time, Random random)
{
    private static readonly TimeSpan Sound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxSpread = TimeSpan.FromSeconds(1);

    private readonly FullJitter _pace = new(random);

    /// <summary>Completes after a pause, or soon after an event that reports a change, at random: a fleet does not poll together.</summary>
    public async Task WaitAsync(Uri endpoint, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        while (!either.IsCancellationRequested)
        {
            var isChanged = await TryListenAsync(endpoint, either.Token).ConfigureAwait(false);
            await Task.Delay(isChanged ? MaxSpread * random.NextDouble() : _pace.Next(), time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            // It has ended, or cannot be read: the next poll reports any fault.
            return false;
        }
    }

    private async Task ListenAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var response = await requests.SendAsync(endpoint, EventConnection.MediaType, condition: default, isElsewhere: false, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK || !EventConnection.IsStream(response))
            throw faults.Status(response, time.GetUtcNow());
        using var connection = await EventConnection.OpenAsync(response, isResumed: false, new(source.MaxBytes, static _ => false, IsDecoded: source.Options.IsInBrowser), faults, cancellationToken).ConfigureAwait(false);
        var begin = time.GetTimestamp();
        while (await connection.NextAsync(cancellationToken).ConfigureAwait(false) is { } next)
        {
            if (!source.ReportsChange(next.Type)) continue;
            _pace.Reset();
            return;
        }

        // A stream that ends as soon as it opens is requested less and less.
        if (time.GetElapsedTime(begin) >= Sound) _pace.Reset();
        throw faults.Ended(connection.RetryAfter);
    }
}
