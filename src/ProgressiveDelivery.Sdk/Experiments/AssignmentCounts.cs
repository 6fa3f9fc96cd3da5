namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The counts of what becomes of assignments and of calls of their store. Safe to use from any thread.</summary>
internal sealed class AssignmentCounts
{
    private static readonly bool[] Operations = [false, true];

    private readonly long[] _results = new long[Enum.GetValues<AssignmentResult>().Length];
    private readonly long[] _calls = new long[2 * Enum.GetValues<StoreCallResult>().Length];

    public long Of(AssignmentResult result) => Volatile.Read(ref _results[(int)result]);

    public long Of(bool isWrite, StoreCallResult result) => Volatile.Read(ref _calls[Place(isWrite, result)]);

    public void Add(AssignmentResult result, int count = 1) => Interlocked.Add(ref _results[(int)result], count);

    public void Add(bool isWrite, StoreCallResult result) => Interlocked.Increment(ref _calls[Place(isWrite, result)]);

    /// <summary>The number of assignments by result, for the meter.</summary>
    public IEnumerable<(string Result, long Count)> Results => Enum.GetValues<AssignmentResult>().Select(result => (NameOf(result), Of(result)));

    /// <summary>The number of calls by operation and result, for the meter.</summary>
    public IEnumerable<(string Operation, string Result, long Count)> Calls =>
        from result in Enum.GetValues<StoreCallResult>()
        from isWrite in Operations
        select (isWrite ? "write" : "read", NameOf(result), Of(isWrite, result));

    private static string NameOf(Enum result) => result.ToString().ToLowerInvariant();

    private static int Place(bool isWrite, StoreCallResult result) => ((int)result * 2) + (isWrite ? 1 : 0);
}
