using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Bucketing;

/// <summary>A fact about the published vectors; reported skipped where the machine does not have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedVectorsFactAttribute : FactAttribute
{
    public PublishedVectorsFactAttribute()
    {
        if (!File.Exists(VectorsPath))
            Skip = $"No vectors at '{VectorsPath}'. Set PD_BUCKETING_VECTORS to test them.";
    }

    public static string VectorsPath { get; } =
        Environment.GetEnvironmentVariable("PD_BUCKETING_VECTORS") is { Length: > 0 } configured
            ? configured
            : Path.GetFullPath(Repository.PathOf("..", "shared", "design", "bucketing-vectors.jsonl"));
}
