using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>What holds for every input, or else a <see cref="BrokenPromiseException"/>.</summary>
internal static class Promise
{
    public static void Holds(bool isKept, [CallerArgumentExpression(nameof(isKept))] string promise = "")
    {
        if (!isKept)
            throw new BrokenPromiseException($"Not so: {promise}");
    }

    public static void Same<T>(IReadOnlyList<T> actual, IReadOnlyList<T> expected, string what)
    {
        for (var i = 0; i < Math.Max(actual.Count, expected.Count); i++)
        {
            var (one, other) = (At(actual, i), At(expected, i));
            if (!Equals(one, other))
                throw new BrokenPromiseException($"{what}: at {i}, {one ?? "nothing"} in place of {other ?? "nothing"}");
        }
    }

    /// <summary>Whoever refuses or warns says what, where and why.</summary>
    public static void Tells(IEnumerable<SnapshotDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Holds(diagnostic.Id.StartsWith("PD", StringComparison.Ordinal));
            Holds(diagnostic.Path.StartsWith('$'));
            Holds(diagnostic.Message.Trim().Length > 20);
        }
    }

    /// <summary>Reading what was refused has cost memory in proportion to it.</summary>
    /// <param name="input">What was read.</param>
    /// <param name="before">What the thread had allocated before.</param>
    public static void WithinBudget(byte[] input, long before)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var budget = Megabyte * 64L + (input.Length * 16_384L);
        if (allocated > budget)
            throw new BrokenPromiseException($"{input.Length} bytes of input had {allocated} bytes allocated.");
    }

    private const int Megabyte = 1024 * 1024;

    private static object? At<T>(IReadOnlyList<T> list, int index) => index < list.Count ? list[index] : null;
}
