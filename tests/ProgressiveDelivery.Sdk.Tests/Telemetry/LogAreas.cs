namespace ProgressiveDelivery.Sdk.Tests.Telemetry;

/// <summary>The areas of the log: a hundred ids and a category each.</summary>
internal static class LogAreas
{
    public static readonly string[] Names = ["Evaluation", "Refresh", "Sources", "Fallback", "Control", "Reporting", "Canary"];

    public static string CategoryOf(int id) => $"ProgressiveDelivery.Sdk.{Names[(id / 100) - 1]}";
}
