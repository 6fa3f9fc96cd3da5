using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Reports kills: each that changes answers, until there are many; of those that change nothing, the first and a number.</summary>
internal sealed class KillJournal
{
    private const int MaxEffective = 5;
    private const int MaxWithoutEffect = 1;
    private const int MaxWarningsOfMany = 5;
    private const int MaxFarAhead = 3;

    private readonly ClientLogs _logs;
    private readonly string _client;
    private readonly Func<string> _source;
    private readonly KillTally _effective;
    private readonly KillTally _withoutEffect;
    private readonly WarningAllowance _ofManyEffective;
    private readonly WarningAllowance _ofManyWithoutEffect;
    private readonly WarningAllowance _farAhead;
    private bool _hasToldOfForgotten;

    public KillJournal(ClientLogs logs, string client, Func<string> source, TimeProvider clock)
    {
        (_logs, _client, _source) = (logs, client, source);
        (_ofManyEffective, _ofManyWithoutEffect, _farAhead) = (new(MaxWarningsOfMany, clock), new(MaxWarningsOfMany, clock), new(MaxFarAhead, clock));
        _effective = new(MaxEffective, kill => logs.Control.FlagKilled(client, kill.Flag, kill.Variant, kill.Version, Source), MoreEffective, clock);
        _withoutEffect = new(MaxWithoutEffect, kill => logs.Control.KillWithoutEffect(client, kill.Flag, kill.Variant, Source), MoreWithoutEffect, clock);
    }

    private string Source => _source();

    public void Killed(SnapshotKill kill, bool hasEffect) => (hasEffect ? _effective : _withoutEffect).Add(kill);

    /// <summary>Reports a kill that no snapshot will end.</summary>
    public void KillFarAhead(SnapshotKill kill, long current)
    {
        var fault = DiagnosticCatalog.VersionFarAhead("$.version", $"The kill of flag {DiagnosticCatalog.Quote(kill.Flag)}", kill.Version, current);
        var level = Level(_farAhead);
        _logs.Control.KillFarAhead(level, _client, Source, fault);
    }

    /// <summary>Reports that kills of flags that no snapshot has were too many to remember.</summary>
    public void Forgotten()
    {
        if (!_hasToldOfForgotten)
            _logs.Control.UnknownKillsForgotten(_client, Source, UnknownKills.MaxCount);
        _hasToldOfForgotten = true;
    }

    public void LocalFileFault(string fault) => _logs.Fallback.LocalFileFault(_client, fault);

    /// <summary>Reports the rest when the client ends.</summary>
    public void End()
    {
        _effective.End();
        _withoutEffect.End();
    }

    private void MoreEffective(int count, SnapshotKill last)
    {
        var level = Level(_ofManyEffective);
        _logs.Control.MoreFlagsKilled(level, _client, Source, count, last.Flag, last.Variant, last.Version);
    }

    private void MoreWithoutEffect(int count, SnapshotKill last)
    {
        var level = Level(_ofManyWithoutEffect);
        _logs.Control.MoreKillsWithoutEffect(level, _client, Source, count, last.Flag, last.Variant);
    }

    private static LogLevel Level(WarningAllowance allowance) => allowance.TryTake() ? LogLevel.Warning : LogLevel.Debug;
}
