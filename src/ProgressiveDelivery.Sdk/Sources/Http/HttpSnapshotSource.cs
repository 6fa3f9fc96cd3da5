using System.IO.Hashing;
using Polly;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Polls one address. What it knows of the backend's state advances only when a reading is acknowledged.</summary>
internal sealed class HttpSnapshotSource : ISnapshotSource
{
    private readonly HttpExchange _exchange;
    private readonly HttpFaults _faults;
    private readonly ResiliencePipeline _attempts;
    private readonly PollingPace _pace;
    private readonly TimeProvider _time;
    private Known? _known;
    private (SnapshotReading Reading, Known Known)? _offered;

    public HttpSnapshotSource(
        HttpSourceOptions options, ISnapshotFormat format, IHttpClientFactory clients, TimeProvider time, Random random)
    {
        Name = options.DisplayName;
        Format = format;
        _faults = new(Name);
        _exchange = new(options, _faults, clients, time);
        _attempts = AttemptResilience.Build(options, time, random);
        _pace = new(options.PollingInterval, random);
        _time = time;
    }

    public string Name { get; }

    public ISnapshotFormat Format { get; }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _attempts.ExecuteAsync(AttemptAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not SnapshotSourceException && !cancellationToken.IsCancellationRequested)
        {
            throw _faults.Unexpected(e);
        }
    }

    public void Acknowledge(SnapshotReading reading)
    {
        if (_offered is { } offered && ReferenceEquals(offered.Reading, reading)) _known = offered.Known;
    }

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        await Task.Delay(_pace.Next(), _time, cancellationToken).ConfigureAwait(false);

    private async ValueTask<SnapshotReading> AttemptAsync(CancellationToken cancellationToken)
    {
        var answer = await _exchange.GetAsync(_known?.ETag, cancellationToken).ConfigureAwait(false);
        if (answer.Body is not null) return Offer(answer);
        if (_known is { ETag: not null } known && known.Address == answer.Address) return SnapshotReading.Current;

        answer = await _exchange.GetAsync(etag: null, cancellationToken).ConfigureAwait(false);
        return answer.Body is not null ? Offer(answer) : throw _faults.NeverModified();
    }

    private SnapshotReading Offer(HttpAnswer answer)
    {
        var known = new Known(answer.Address, answer.ETag, XxHash128.HashToUInt128(answer.Body));
        if (_known?.Hash == known.Hash)
        {
            _known = known;
            return SnapshotReading.Current;
        }

        var reading = SnapshotReading.OfDocument(answer.Body, answer.ETag, answer.Signature);
        _offered = (reading, known);
        return reading;
    }

    private sealed record Known(Uri Address, string? ETag, UInt128 Hash);
}
