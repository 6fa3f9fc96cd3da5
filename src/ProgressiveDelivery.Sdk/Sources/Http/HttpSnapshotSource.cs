using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Polls one address. What it knows of the backend's state advances only when a reading is acknowledged.</summary>
internal sealed class HttpSnapshotSource : IRestartableSource, IDescribedSource
{
    private const int MaxHops = 3;

    private readonly PolledEndpoint _endpoint;
    private readonly HttpExchange _exchange;
    private readonly HttpFaults _faults;
    private readonly AttemptPipeline _attempts;
    private readonly PollingPace _pace;
    private readonly TimeProvider _time;
    private readonly TrustedKeys? _keys;
    private readonly ChangeListener _listener;
    private Known? _known;
    private Uri? _changes;
    private (SnapshotReading Reading, Known Known)? _offered;

    public HttpSnapshotSource(
        PolledEndpoint endpoint, ISnapshotFormat format, IHttpClientFactory clients, TimeProvider time, Random random, TrustedKeys? keys = null)
    {
        (_endpoint, _keys) = (endpoint, keys);
        var options = endpoint.Polling;
        Name = options.DisplayName;
        Kind = SourceText.PolledEvery(options.PollingInterval);
        Format = format;
        _faults = new(Name, options.StopOnStatus, endpoint.Credentials);
        _exchange = new(endpoint, _faults, clients, time);
        _attempts = new(options, AttemptResilience.ForPolls(time, random), options.AttemptTimeout + options.BodyTimeout, _faults, time);
        _pace = new(options.PollingInterval, random);
        _time = time;
        _listener = new(endpoint, new(endpoint, _faults, clients, time), _faults, time, random);
    }

    public string Name { get; }

    public string Kind { get; }

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
        await (_changes is null
            ? Task.Delay(_pace.Next(), _time, cancellationToken)
            : _listener.WaitAsync(_changes, _pace.Next(), cancellationToken)).ConfigureAwait(false);

    private async Task<Answer> AttemptAsync(CancellationToken cancellationToken)
    {
        var endpoint = _known?.Endpoint ?? _endpoint.Address();
        var answer = await _exchange.GetAsync(endpoint, _known?.ETag, cancellationToken).ConfigureAwait(false);
        _changes = answer.Changes;
        if (answer.Body is null)
        {
            if (_known is { ETag: not null } known && known.Address == answer.Address) return new(SnapshotReading.Current, known);
            answer = await WholeAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }

        for (var hops = 0; hops < MaxHops && Next(answer, endpoint) is { } next; hops++)
            (endpoint, answer) = (next, await WholeAsync(next, cancellationToken).ConfigureAwait(false));
        return Read(answer, endpoint);
    }

    // A document without a trusted signature redirects no reader; the acceptance reports it.
    private Uri? Next(HttpAnswer answer, Uri endpoint)
    {
        if (_keys?.FaultOf(new(answer.Body, answer.Signature)) is not null || _endpoint.NextAddress(answer.Body, endpoint) is not { } next) return null;
        if (Origin.LeavesHttps(endpoint, next)) throw _faults.NotLed(next, "that would leave https for http. Correct the backend, or give the address that you trust");
        return _endpoint.IsTrusted(next) ? next : throw _faults.NotLed(next, "that address is not trusted, and would receive its secrets. Give it as the address, or trust it in the options");
    }

    private async Task<HttpAnswer> WholeAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var answer = await _exchange.GetAsync(endpoint, etag: null, cancellationToken).ConfigureAwait(false);
        return answer.Body is not null ? answer : throw _faults.NeverModified();
    }

    private Answer Read(HttpAnswer answer, Uri endpoint)
    {
        var known = new Known(endpoint, answer.Address, answer.ETag, XxHash128.HashToUInt128(answer.Body));
        return new(_known?.Hash == known.Hash ? SnapshotReading.Current : SnapshotReading.OfDocument(answer.Body, answer.ETag, answer.Signature), known);
    }

    private sealed record Answer(SnapshotReading Reading, Known Known);

    // The address requested, and the final one.
    private sealed record Known(Uri Endpoint, Uri Address, string? ETag, UInt128 Hash);
}
