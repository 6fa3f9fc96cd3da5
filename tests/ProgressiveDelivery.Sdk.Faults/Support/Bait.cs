using Microsoft.Extensions.Logging.Testing;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>What must never be seen in a log.</summary>
internal static class Bait
{
    private const string Song = "canary-5d1f";

    /// <summary>A secret, for sources.</summary>
    public const string Authorization = "Bearer " + Song + "-token";

    /// <summary>Another, for headers and addresses.</summary>
    public const string ApiKey = Song + "-key";

    /// <summary>Somebody to ask about.</summary>
    public static EvaluationContext Context { get; } = new(Song + "-person") { ["email"] = Song + "@example.com" };

    public static bool IsIn(FakeLogRecord line) =>
        IsIn(line.Message) || IsIn(line.Exception?.ToString()) || (line.StructuredState?.Any(entry => IsIn(entry.Value)) ?? false);

    private static bool IsIn(string? text) => text?.Contains(Song, StringComparison.Ordinal) ?? false;
}
