using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Prometheus;

/// <summary>Finds names and labels in expressions.</summary>
internal static partial class PromQl
{
    /// <summary>The metrics of ours that a text names.</summary>
    public static IEnumerable<string> Metrics(string text) => Name().Matches(text).Select(match => match.Value).Where(name => !name.Contains(':', StringComparison.Ordinal));

    /// <summary>The recorded series that a text names.</summary>
    public static IEnumerable<string> Recorded(string text) => Name().Matches(text).Select(match => match.Value).Where(name => name.Contains(':', StringComparison.Ordinal));

    /// <summary>The selectors of metrics of ours: the metric and the labels that select among its series.</summary>
    public static IEnumerable<(string Metric, string[] Labels)> Selectors(string text) => Selector().Matches(text)
        .Select(match => (match.Groups[1].Value, Label().Matches(match.Groups[2].Value).Select(label => label.Groups[1].Value).ToArray()));

    [GeneratedRegex("[a-z_]*:?progressive_delivery_[a-z0-9_:]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![a-z_:])(progressive_delivery_[a-z_]+)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)=~?\\?""")]
    private static partial Regex Label();
}
