using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Polls one address. What it knows of the backend's state advances only when a reading is acknowledged.</summary>
internal sealed class HttpSnapshotSource : IRestartableSource
{
    private readonly HttpExchange _exchange;
    private readonly HttpFaults _faults;
    private readonly AttemptPipeline _attempts;
    private readonly PollingPace _pace;
    private readonly TimeProvider _time;
    private Known? _known;
    private (SnapshotReading Reading, Known Known)? _offered;

    public HttpSnapshotSource(
        HttpSourceOptions options, ISnapshotFormat format, IHttpClientFactory clients, TimeProvider time, Random random)
    {
        Name = options.DisplayName;
        Format = format;
        _faults = new(Name, options.StopOnStatus);
        _exchange = new(options, _faults, clients, time);
        _attempts = new(options, AttemptResilience.ForPolls(time, random), options.AttemptTimeout + options.BodyTimeout, _faults, time);
        _pace = new(options.PollingInterval, random);
        _time = time;
    }

    public string Name { get; }

    public ISnapshotFormat Format { get; }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        var (reading, known) = await _attempts.RunAsync(AttemptAsync, cancellationToken).ConfigureAwait(false);
        if (reading == SnapshotReading.Current)
            _known = known;
        else
            _offered = (reading, known);
        return reading;
    }

    public void Acknowledge(SnapshotReading reading)
    {
        if (_offered is { } offered && ReferenceEquals(offered.Reading, reading)) _known = offered.Known;
    }

    public void StartOver() => (_known, _offered) = (null, null);

    public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) =>
        await Task.Delay(_pace.Next(), _time, cancellationToken).ConfigureAwait(false);

    private async Task<Answer> AttemptAsync(CancellationToken cancellationToken)
    {
        var answer = await _exchange.GetAsync(_known?.ETag, cancellationToken).ConfigureAwait(false);
        if (answer.Body is not null) return Read(answer);
        if (_known is { ETag: not null } known && known.Address == answer.Address) return new(SnapshotReading.Current, known);

        answer = await _exchange.GetAsync(etag: null, cancellationToken).ConfigureAwait(false);
        return answer.Body is not null ? Read(answer) : throw _faults.NeverModified();
    }

    private Answer Read(HttpAnswer answer)
    {
        var known = new Known(answer.Address, answer.ETag, XxHash128.HashToUInt128(answer.Body));
        return new(_known?.Hash == known.Hash ? SnapshotReading.Current : SnapshotReading.OfDocument(answer.Body, answer.ETag, answer.Signature), known);
    }

    private sealed record Answer(SnapshotReading Reading, Known Known);

    private sealed record Known(Uri Address, string? ETag, UInt128 Hash);
}
