namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The stage of each operation, from one evaluation of the flag.</summary>
internal sealed class StageSource(string flag, MigrationStage safe, MigrationServices services)
{
    /// <summary>Returns the stage for a context; the safe one if the flag serves none.</summary>
    public MigrationStage Of(IFeatureEvaluator features, EvaluationContext context)
    {
        var answer = features.EvaluateString(flag, context, fallback: null);
        if (MigrationStages.Parse(answer.Value) is { } stage)
            return stage;
        services.Meter?.UsedSafeStage();
        services.Journal.SafeStageUsed(in answer, safe);
        return safe;
    }
}
