namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>Answers with the health of all experiments.</summary>
internal static class ExperimentsEndpoint
{
    public static ApiAnswer Answer(ApiCall call)
    {
        var flag = call.Query("flag");
        return ApiAnswer.Of(
            new ExperimentsContent { SnapshotVersion = call.View.Status.SnapshotVersion, Experiments = call.View.Status.Experiments.Where(health => flag is null || health.Flag == flag).Select(ExperimentContent.Of) },
            ApiJson.Default.ExperimentsContent);
    }
}

/// <summary>The experiments.</summary>
internal sealed record ExperimentsContent : ApiContent
{
    public required long SnapshotVersion { get; init; }

    public required IEnumerable<ExperimentContent> Experiments { get; init; }
}

/// <summary>The health of an experiment.</summary>
internal sealed record ExperimentContent
{
    public required string Experiment { get; init; }

    public required string Flag { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required ExperimentHint Hint { get; init; }

    public required long Units { get; init; }

    public required IEnumerable<ExperimentVariantContent> Variants { get; init; }

    /// <summary>Null if it is infinite.</summary>
    public double? LogEvidence { get; init; }

    public required double PValue { get; init; }

    public required long Crossovers { get; init; }

    public required long Unassigned { get; init; }

    public static ExperimentContent Of(ExperimentHealth health) => new()
    {
        Experiment = health.Experiment,
        Flag = health.Flag,
        Since = health.Since,
        Hint = health.Hint,
        Units = health.Units,
        Variants = health.Variants.Select(static variant => new ExperimentVariantContent(variant.Variant, variant.ExpectedShare, variant.Units)),
        LogEvidence = Finite.Of(health.LogEvidence),
        PValue = health.PValue,
        Crossovers = health.Crossovers,
        Unassigned = health.Unassigned,
    };
}

/// <summary>A variant of an experiment.</summary>
internal sealed record ExperimentVariantContent(string Variant, double ExpectedShare, long Units);
