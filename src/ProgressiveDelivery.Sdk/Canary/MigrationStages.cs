namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The table of the stages: their names, and what is read, written and authoritative in each.</summary>
internal static class MigrationStages
{
    public static string NameOf(MigrationStage stage) => stage switch
    {
        MigrationStage.Off => "off",
        MigrationStage.DualWrite => "dual-write",
        MigrationStage.Shadow => "shadow",
        MigrationStage.Live => "live",
        MigrationStage.RampDown => "ramp-down",
        _ => "complete",
    };

    public static string NameOf(MigrationSide side) => side == MigrationSide.Old ? "old" : "new";

    /// <summary>Reads a stage's name; null if it is none.</summary>
    public static MigrationStage? Parse(string? name) => name switch
    {
        "off" => MigrationStage.Off,
        "dual-write" or "dualwrite" => MigrationStage.DualWrite,
        "shadow" => MigrationStage.Shadow,
        "live" => MigrationStage.Live,
        "ramp-down" or "rampdown" => MigrationStage.RampDown,
        "complete" => MigrationStage.Complete,
        _ => null,
    };

    /// <summary>The side whose value is the truth.</summary>
    public static MigrationSide Authority(this MigrationStage stage) => stage >= MigrationStage.Live ? MigrationSide.New : MigrationSide.Old;

    public static bool ReadsBoth(this MigrationStage stage) => stage is MigrationStage.Shadow or MigrationStage.Live;

    public static bool WritesBoth(this MigrationStage stage) => stage is > MigrationStage.Off and < MigrationStage.Complete;

    public static MigrationSide Other(this MigrationSide side) => side == MigrationSide.Old ? MigrationSide.New : MigrationSide.Old;
}
