namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Keeps the newest mismatches, and hands each one to the application. Safe to use from several threads.</summary>
/// <param name="kept">The number to keep.</param>
/// <param name="keepsValues">Keeps keys and values too.</param>
/// <param name="handler">The application's handler; null without one.</param>
/// <param name="journal">Reports mismatches, and faults of the handler.</param>
internal sealed class MismatchLog(int kept, bool keepsValues, Action<MigrationMismatch>? handler, MigrationJournal journal)
{
    private readonly Queue<MigrationMismatch> _recent = new(kept);

    /// <summary>The kept ones, the oldest first.</summary>
    public IReadOnlyList<MigrationMismatch> Recent
    {
        get
        {
            lock (_recent)
                return [.. _recent];
        }
    }

    public void Add(MigrationMismatch mismatch)
    {
        Keep(keepsValues ? mismatch : mismatch.Redacted());
        journal.Mismatched(mismatch);
        try
        {
            handler?.Invoke(mismatch);
        }
        catch (Exception exception)
        {
            journal.HandlerFailed(exception);
        }
    }

    private void Keep(MigrationMismatch mismatch)
    {
        lock (_recent)
        {
            if (_recent.Count == kept && !_recent.TryDequeue(out _))
                return;
            _recent.Enqueue(mismatch);
        }
    }
}
