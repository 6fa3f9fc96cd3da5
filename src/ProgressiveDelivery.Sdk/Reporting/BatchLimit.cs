namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// The size of the batches that a sink takes: half of what it refused as too large, and a quarter more after each twenty deliveries near the limit. Only the loop
/// changes it; it may be read from any thread.
/// </summary>
internal sealed class BatchLimit
{
    private const int MinBytes = 1024;
    private const int DeliveriesToGrow = 20;

    private readonly int _max;
    private volatile int _bytes;
    private int _delivered;

    /// <param name="max">The limit of the options, in bytes of JSON, about.</param>
    public BatchLimit(int max) => _max = _bytes = max;

    public int Bytes => _bytes;

    /// <summary>Records that a batch of a size was too large.</summary>
    public void Refused(long bytes)
    {
        _bytes = (int)Math.Clamp(bytes / 2, Math.Min(MinBytes, _max), _bytes);
        _delivered = 0;
    }

    /// <summary>Records that a batch of a size was delivered.</summary>
    public void Delivered(long bytes)
    {
        if (bytes < _bytes / 2 || _bytes == _max || ++_delivered < DeliveriesToGrow)
            return;
        _delivered = 0;
        _bytes = (int)Math.Min(_max, _bytes + (_bytes / 4L));
    }
}
