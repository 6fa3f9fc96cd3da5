namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>The way in which simulated outcomes come. Immutable.</summary>
/// <param name="Name">The name; it is part of the seed.</param>
/// <param name="Rate">The chance of a bad outcome, by the number of outcomes before and the variant.</param>
internal sealed record TrafficPattern(string Name, Func<long, bool, double> Rate)
{
    public const int MaxRetries = 3;

    /// <summary>The share of the treatment.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The rule for a retry: a client repeats a bad outcome of this variant at once, up to three times.</summary>
    public Func<bool, bool> Retries { get; init; } = static _ => false;

    /// <summary>The chance that a retry fails; null if it is that of any request.</summary>
    public double? RetryRate { get; init; }

    /// <summary>Indicates whether only a request's first try counts.</summary>
    public bool CountsOnce { get; init; }

    public static TrafficPattern Steady(double rate) => new(Markdown($"{rate * 100:0.##} %"), (_, _) => rate);

    /// <summary>Returns a rate that swings as a sine.</summary>
    public static TrafficPattern Swinging(double low, double high, int period) =>
        new(Markdown($"swings from {low * 100:0.##} to {high * 100:0.##} % within {period:#,##0}"), (outcomes, _) => low + ((high - low) * (1 + Math.Sin(2 * Math.PI * outcomes / period)) / 2));

    /// <summary>Returns a rate that jumps up and down.</summary>
    public static TrafficPattern Jumping(double low, double high, int every) =>
        new(Markdown($"jumps between {low * 100:0.##} and {high * 100:0.##} % every {every:#,##0}"), (outcomes, _) => outcomes / every % 2 == 0 ? low : high);

    private static string Markdown(FormattableString text) => Experiments.Markdown.Text(text);
}
