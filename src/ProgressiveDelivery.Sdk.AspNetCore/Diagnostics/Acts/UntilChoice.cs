namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>A duration to choose for an act that ends by itself.</summary>
/// <param name="Name">The name in the form.</param>
/// <param name="Duration">The duration; null for no end.</param>
/// <param name="Text">The words.</param>
internal sealed record UntilChoice(string Name, TimeSpan? Duration, string Text)
{
    public static IReadOnlyList<UntilChoice> All { get; } =
    [
        new("30m", TimeSpan.FromMinutes(30), "30 minutes"),
        new("1h", TimeSpan.FromHours(1), "1 hour"),
        new("4h", TimeSpan.FromHours(4), "4 hours"),
        new("1d", TimeSpan.FromDays(1), "1 day"),
        new("none", null, "no end"),
    ];

    /// <summary>The choice before anything is chosen.</summary>
    public const string Default = "4h";

    public static UntilChoice? Find(string? name) => All.FirstOrDefault(choice => choice.Name == name);
}
