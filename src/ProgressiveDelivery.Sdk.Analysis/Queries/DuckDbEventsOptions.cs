namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>The options of <see cref="DuckDbEvents"/>. Immutable.</summary>
public sealed record DuckDbEventsOptions
{
    /// <summary>The memory that DuckDB may use, in bytes, 64 MiB at least; what it cannot hold goes to disk. 1 GiB by default.</summary>
    public long MemoryLimit { get; init; } = 1L << 30;

    /// <summary>The folder for temporary files; null for that of the system. Each reading has a folder of its own in it, and deletes it. Events take about half their size as lines.</summary>
    public string? TempFolder { get; init; }

    /// <summary>The number of faults to keep for each rule. 20 by default.</summary>
    public int MaxFaultsPerRule { get; init; } = 20;

    /// <summary>The names of the columns of Parquet files, those of the JSON by default. The table's name and order are not read: files have an order of their own.</summary>
    public EventTable ParquetColumns { get; init; } = new() { UnitKind = "unitKind" };

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        const long LeastMemory = 64L << 20;
        ArgumentOutOfRangeException.ThrowIfLessThan(MemoryLimit, LeastMemory);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxFaultsPerRule);
        ParquetColumns.Validate();
    }
}
