using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Reports a disk that stops answering, and its recovery: one warning each time, three an hour.</summary>
internal sealed class DiskWatch
{
    private readonly object _gate = new();
    private readonly WarningAllowance _warnings;
    private readonly DiskThread _disk;
    private readonly string _path;
    private readonly string _client;
    private readonly ILogger _logger;
    private readonly Action<DateTimeOffset?> _show;
    private DateTimeOffset? _stalledSince;
    private bool _isTold;

    /// <param name="disk">The disk.</param>
    /// <param name="path">The folder or file that is read and written.</param>
    /// <param name="show">Shows the time since which it has not answered.</param>
    /// <param name="logger">The log.</param>
    /// <param name="client">The client's name.</param>
    /// <param name="clock">Measures the hour.</param>
    public DiskWatch(DiskThread disk, string path, Action<DateTimeOffset?> show, ILogger logger, string client, TimeProvider clock)
    {
        (_disk, _path, _show, _logger, _client, _warnings) = (disk, path, show, logger, client, new(3, clock));
        disk.Changed += Look;
    }

    private void Look()
    {
        lock (_gate)
        {
            var now = _disk.StalledSince;
            if (now is null && _stalledSince is not null)
                Recovered();
            else if (now is { } since && _stalledSince is null)
                Stalled(since);
            _stalledSince = now;
            _show(now);
        }
    }

    private void Stalled(DateTimeOffset since)
    {
        _isTold = _warnings.TryTake();
        _logger.DiskStalled(_isTold ? LogLevel.Warning : LogLevel.Debug, _client, _path, since);
    }

    private void Recovered() => _logger.DiskRecovered(_isTold ? LogLevel.Information : LogLevel.Debug, _client, _path, _stalledSince!.Value);
}
