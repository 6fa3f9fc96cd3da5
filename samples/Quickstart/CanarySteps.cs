namespace Quickstart;

/// <summary>The shares that the page's button goes through, from the last to the first again.</summary>
internal sealed class CanarySteps(Backend backend)
{
    private static readonly int[] Percents = [1, 10, 25, 50, 100];

    private readonly Lock _lock = new();
    private int _at;

    public int Published => Percents[_at];

    public int Next => Percents[(_at + 1) % Percents.Length];

    /// <returns>The version published.</returns>
    public long PublishNext()
    {
        lock (_lock)
        {
            var version = backend.PublishCanary(Next);
            _at = (_at + 1) % Percents.Length;
            return version;
        }
    }
}
