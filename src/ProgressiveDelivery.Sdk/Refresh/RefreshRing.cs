using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>The last refreshes, the oldest first. Of those that confirmed the rules few are kept, so that the heartbeats of a stream leave room for the others. Used by one thread at a time.</summary>
internal sealed class RefreshRing
{
    private const int MaxRecords = 64;
    private const int MaxConfirmations = 40;

    private readonly List<RefreshRecord> _records = new(MaxRecords + 1);
    private int _confirmations;

    public void Add(RefreshRecord record)
    {
        _records.Add(record);
        if (IsConfirmation(record) && ++_confirmations > MaxConfirmations)
            Drop(_records.FindIndex(IsConfirmation));
        else if (_records.Count > MaxRecords)
            Drop(0);
    }

    public RefreshRecord[] ToArray() => [.. _records];

    private void Drop(int index)
    {
        if (IsConfirmation(_records[index]))
            _confirmations--;
        _records.RemoveAt(index);
    }

    private static bool IsConfirmation(RefreshRecord record) => record.Outcome == RefreshOutcome.Confirmed;
}
