namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>The kinds of disk work. A fault of one is over when work of the same kind succeeds: a disk that is full can be read.</summary>
internal enum SpillWork
{
    Adopt,
    Write,
    Read,
    Delete,
    Close,
}
