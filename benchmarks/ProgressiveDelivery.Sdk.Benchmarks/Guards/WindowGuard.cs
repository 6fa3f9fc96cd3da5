namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>The guard of most tools: it trips when the share of bad outcomes among the last ones is above a limit, once the window is full.</summary>
/// <param name="size">The number of outcomes in the window.</param>
internal sealed class WindowGuard(int size)
{
    private readonly bool[] _window = new bool[size];
    private long _seen;

    public int Bad { get; private set; }

    public bool IsFull => _seen >= size;

    public void Add(bool isBad)
    {
        ref var place = ref _window[_seen++ % size];
        Bad += (isBad ? 1 : 0) - (place ? 1 : 0);
        place = isBad;
    }

    public bool IsAbove(double limit) => IsFull && Bad > limit * size;
}
