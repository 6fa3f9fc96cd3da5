namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>A part of an automaton under construction: the positions at which its matches begin and end, each with its guard.</summary>
internal sealed class Fragment(List<(ulong Guard, int Position)> first, List<(ulong Guard, int Position)> last)
{
    public Fragment()
        : this([], [])
    {
    }

    /// <summary>The guards under which the empty text matches; empty if it never does.</summary>
    public List<ulong> Nullable { get; } = [];

    public List<(ulong Guard, int Position)> First => first;

    public List<(ulong Guard, int Position)> Last => last;

    public void AddNullable(ulong guard)
    {
        if (Nullable.Exists(known => (known & ~guard) == 0))
            return;
        Nullable.RemoveAll(known => (guard & ~known) == 0);
        Nullable.Add(guard);
    }
}
