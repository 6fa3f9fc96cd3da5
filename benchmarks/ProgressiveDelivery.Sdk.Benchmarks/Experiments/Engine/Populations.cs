using System.Globalization;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The units of simulated experiments.</summary>
internal static class Populations
{
    private const double ClickShare = 0.2;
    private const double MeanViews = 4;
    private const double Correlation = 0.7;

    private static readonly double LogOfNoView = Math.Log(1 - (1 / MeanViews));

    /// <summary>Amounts that every unit has, exponential with mean 1.</summary>
    public static Population Exponential { get; } = new EveryUnit("exponential amounts", 1, static (random, lift) => (random.Exponential() * (1 + lift), 0));

    /// <summary>Clicks per view: 1 and more views a unit, 4 on average, and a share of clicks that differs from unit to unit around 20 %.</summary>
    public static Population Clicks { get; } = new EveryUnit("clicks per view", ClickShare, static (random, lift) =>
    {
        var views = 1 + random.Gap(LogOfNoView);
        var own = ClickShare * 2 * random.Share() * (1 + lift);
        var clicks = 0;
        for (var view = 0; view < views; view++)
            clicks += random.Share() < own ? 1 : 0;
        return (clicks, views);
    });

    /// <summary>Normal amounts with mean 1 and standard deviation 1, and the amount from before, correlated by 0.7.</summary>
    public static Population WithHistory { get; } = new EveryUnit("amounts with history", 1, static (random, lift) =>
    {
        var before = random.Normal();
        return (1 + lift + (Correlation * before) + (Math.Sqrt(1 - (Correlation * Correlation)) * random.Normal()), 1 + before);
    });

    /// <summary>Returns units of which a share converts.</summary>
    public static Population Conversion(double share) => new FewUnits(string.Create(CultureInfo.InvariantCulture, $"0/1 at {share * 100:0.##} %"), share);

    /// <summary>Returns units of which a share buys, for lognormal amounts.</summary>
    public static Population Revenue(double buyers, double sigma) => new FewUnits(
        string.Create(CultureInfo.InvariantCulture, $"revenue of {buyers * 100:0.##} % buyers, lognormal σ {sigma:0.##}"), buyers, Math.Exp(sigma * sigma / 2), random => Math.Exp(sigma * random.Normal()));
}
