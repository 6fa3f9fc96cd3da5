using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Reports on one migration. A side that is down fails every operation: beyond a few lines an hour of each kind, further ones have the level Debug.</summary>
internal sealed class MigrationJournal(ILogger logger, string client, string migration, string flag, TimeProvider clock)
{
    private const int WarningsInAnHour = 5;
    private const int UnknownStage = 31;

    private readonly WarningAllowance _missedWrites = new(WarningsInAnHour, clock);
    private readonly WarningAllowance _failedChecks = new(WarningsInAnHour, clock);
    private readonly WarningAllowance _mismatches = new(WarningsInAnHour, clock);
    private readonly WarningAllowance _fallbacks = new(WarningsInAnHour, clock);
    private readonly WarningAllowance _failedHandlers = new(WarningsInAnHour, clock);

    private int _reported;

    /// <summary>Reports, once for each cause, that the flag serves no stage.</summary>
    public void SafeStageUsed(in Evaluation<string?> answer, MigrationStage safe)
    {
        var bit = 1 << (answer.Value is null ? (int)answer.Reason : UnknownStage);
        if ((Volatile.Read(ref _reported) & bit) != 0 || (Interlocked.Or(ref _reported, bit) & bit) != 0)
            return;
        var (cause, stage) = (answer.Value is { } value ? $"the value '{value}'" : $"no value ({answer.Reason})", MigrationStages.NameOf(safe));
        logger.MigrationStageMissing(client, migration, cause, flag, stage);
    }

    /// <summary>Reports that the side without authority lacks a write.</summary>
    public void WriteMissed(MigrationSide missed, MigrationStage at, Exception exception)
    {
        var (level, side, stage) = (LevelOf(_missedWrites), MigrationStages.NameOf(missed), MigrationStages.NameOf(at));
        logger.MigrationWriteMissed(level, exception, client, migration, side, stage);
    }

    /// <summary>Reports that a side could not be compared.</summary>
    public void CheckFailed(MigrationSide other, MigrationStage at, Exception exception)
    {
        var (level, side, stage) = (LevelOf(_failedChecks), MigrationStages.NameOf(other), MigrationStages.NameOf(at));
        logger.MigrationCheckFailed(level, exception, client, migration, side, stage);
    }

    /// <summary>Reports that the sides gave different values, by the place of the first difference.</summary>
    public void Mismatched(MigrationMismatch mismatch)
    {
        var (level, stage, count, path) = (LevelOf(_mismatches), MigrationStages.NameOf(mismatch.Stage), mismatch.Differences.Count, mismatch.Differences[0].Path);
        logger.MigrationMismatched(level, client, migration, stage, count, path);
    }

    /// <summary>Reports that the old side answered in place of the new one.</summary>
    public void FellBack(MigrationStage at, Exception exception)
    {
        var (level, stage) = (LevelOf(_fallbacks), MigrationStages.NameOf(at));
        logger.MigrationFellBack(level, exception, client, migration, stage);
    }

    /// <summary>Reports that the application's handler of mismatches threw.</summary>
    public void HandlerFailed(Exception exception)
    {
        var level = LevelOf(_failedHandlers);
        logger.MigrationHandlerFailed(level, exception, client, migration);
    }

    private static LogLevel LevelOf(WarningAllowance allowance)
    {
        lock (allowance)
            return allowance.TryTake() ? LogLevel.Warning : LogLevel.Debug;
    }
}
