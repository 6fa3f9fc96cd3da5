namespace Experiment;

/// <summary>How visitors behave, by chance with a fixed seed.</summary>
/// <param name="seed">The seed.</param>
internal sealed class VisitorBehavior(int seed)
{
    /// <summary>The longest time that an order lies before the visit.</summary>
    public static readonly TimeSpan LongestBefore = TimeSpan.FromDays(14);

    private readonly Random _chance = new(seed);

    /// <summary>The orders from before the experiment: a third of the visitors have one.</summary>
    public IEnumerable<(DateTimeOffset Time, double Value)> EarlierOrders(DateTimeOffset visit) =>
        _chance.NextDouble() < 1.0 / 3 ? [(visit - (LongestBefore * _chance.NextDouble()), Amount())] : [];

    /// <summary>What a visitor does within a week after the visit.</summary>
    public IEnumerable<(DateTimeOffset Time, string Metric, double Value)> After(DateTimeOffset visit, string page)
    {
        if (_chance.NextDouble() < Truth.Buys(page))
        {
            yield return (visit + Within(TimeSpan.FromHours(3)), "purchase", Amount());
            if (_chance.NextDouble() < Truth.OrdersAgain)
                yield return (visit + Within(TimeSpan.FromDays(6)), "purchase", Amount());
        }

        if (_chance.NextDouble() < Truth.ContactsSupport(page))
            yield return (visit + Within(TimeSpan.FromDays(3)), "support", 1);
    }

    // Log-normal: most orders are small, a few are large.
    private double Amount()
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _chance.NextDouble())) * Math.Cos(2 * Math.PI * _chance.NextDouble());
        return Math.Round(Math.Exp(3.4 + (0.8 * normal)), 2);
    }

    private TimeSpan Within(TimeSpan time) => time * _chance.NextDouble();
}
