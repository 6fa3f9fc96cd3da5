namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>Answers with one flag.</summary>
internal static class FlagEndpoint
{
    public static ApiAnswer Answer(ApiCall call)
    {
        var key = call.Required("key");
        if (call.Fault is { } fault)
            return ApiAnswer.Of(ApiProblem.BadRequest(fault));
        var snapshot = call.View.Snapshot;
        return snapshot.Flags.FirstOrDefault(flag => flag.Key == key) is { } flag
            ? ApiAnswer.Of(Read(call.View, flag), ApiJson.Default.FlagContent)
            : ApiAnswer.Of(ApiProblem.UnknownFlag(key, snapshot.Version));
    }

    private static FlagContent Read(ScreenContext view, FlagInfo flag)
    {
        var (status, positions) = (view.Status, view.Control.State.Ramps);
        return new()
        {
            SnapshotVersion = view.Snapshot.Version,
            Key = flag.Key,
            Type = flag.Type,
            Version = flag.Version,
            Enabled = flag.IsEnabled,
            ClientVisible = flag.IsClientVisible,
            DependsOnTime = flag.DependsOnTime,
            Constant = flag.IsConstant,
            Overlay = flag.Overlay,
            Defect = flag.Defect,
            Variants = flag.Variants.Select(VariantContent.Of),
            Prerequisites = flag.Prerequisites,
            Rules = flag.Rules.Select(RuleContent.Of),
            Default = flag.Default,
            OffVariant = flag.OffVariant,
            ServedVariants = flag.ServedVariants,
            Attributes = flag.Attributes,
            Metadata = flag.Metadata.ToDictionary(static entry => entry.Key, static entry => new RawJson(entry.Value.GetRawText()), StringComparer.Ordinal),
            Definition = RawJson.Of(view.Diagnostics.FindDefinition(flag.Key)),
            Served = ServedContent.Of(flag, view.Site.Served.LastMinute),
            Guards = status.Guards.Where(guard => guard.Flag == flag.Key).Select(GuardContent.WithEvidence),
            Ramps = status.Ramps.Where(ramp => ramp.Flag == flag.Key).Select(ramp => RampContent.Of(ramp, positions)),
            ExperimentKeys = flag.Experiments,
            Experiments = status.Experiments.Where(health => health.Flag == flag.Key).Select(ExperimentContent.Of),
        };
    }
}
