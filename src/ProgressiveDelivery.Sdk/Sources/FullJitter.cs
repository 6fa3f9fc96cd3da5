namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>Pauses between attempts: any part of a ceiling that doubles from one second to a minute, so that a fleet spreads out.</summary>
internal sealed class FullJitter(Random random)
{
    private const int DoublingsToCeiling = 6;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);

    private int _failures;

    /// <summary>Makes the next pause start small again.</summary>
    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var doubled = First * (1 << Math.Min(_failures, DoublingsToCeiling));
        _failures++;
        return (doubled < Ceiling ? doubled : Ceiling) * random.NextDouble();
    }
}
