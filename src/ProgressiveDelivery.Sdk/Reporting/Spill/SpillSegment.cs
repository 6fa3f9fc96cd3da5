namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>One file of spilled events. It is sent as one batch, and deleted when that is done with.</summary>
/// <param name="path">The file.</param>
/// <param name="owner">The run of a process that wrote it.</param>
/// <param name="id">The id of its batch: the same after a restart.</param>
internal sealed class SpillSegment(string path, string owner, string id)
{
    public string Path => path;

    public string Owner => owner;

    public string Id => id;

    /// <summary>The bytes that are known to be on the device.</summary>
    public long Bytes { get; set; }

    /// <summary>The number of lines in them.</summary>
    public int Items { get; set; }

    /// <summary>The recorded events that have been neither sent nor lost; 0 for a segment of an earlier run until it is read.</summary>
    public long Events { get; set; }

    /// <summary>Indicates whether <see cref="Events"/> is known.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The batches that it was split into and that are not done with; 1 while it is whole.</summary>
    public int Pieces { get; set; } = 1;

    /// <summary>The time of the first attempt to send it, by the clock's timestamp; null before it.</summary>
    public long? FirstAttempt { get; set; }
}
