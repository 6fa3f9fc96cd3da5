using System.Text.Json;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads guards. Does not check that variants exist and limits make sense. A guard that cannot be read carries its defect and keeps its id, so that gates
/// which need it stay closed.
/// </summary>
internal static class GuardReader
{
    public const string Pause = "pause";
    public const string Warn = "warn";

    /// <summary>The names of the kinds, in the order of <see cref="GuardKind"/>.</summary>
    public static readonly string[] Kinds = ["error", "slower", "metric"];

    /// <summary>The names of the modes, in the order of <see cref="GuardMode"/>.</summary>
    public static readonly string[] Modes = ["standing", "lifetime"];

    /// <summary>The names of the policies, in the order of <see cref="GuardPolicy"/>.</summary>
    public static readonly string[] Policies = ["hold", "pass", "back"];

    public static GuardDefinition[] Read(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType == JsonTokenType.Null)
            return [];
        if (json.TokenType != JsonTokenType.StartArray)
            return [ReadOther(ref json, state)];

        state.Enter("guards");
        var mark = state.GuardList.Mark;
        var index = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index < SnapshotLimits.MaxGuardsPerFlag && state.TryCountGuard())
                Add(ref json, state, index);
            else
                json.Skip();
        }

        if (index > SnapshotLimits.MaxGuardsPerFlag)
            state.GuardList.Add(Excess(state, index));
        state.Leave();
        return state.GuardList.Take(mark);
    }

    // One guard with a defect stands for all that are left out: gates that need all guards stay closed.
    private static GuardDefinition Excess(ReadState state, int count)
    {
        var fault = DiagnosticCatalog.TooManyGuards(state.Path, state.Subject.Name, count, SnapshotLimits.MaxGuardsPerFlag);
        state.Report(fault);
        return Faulty(id: null, fault);
    }

    // A gate that needs all guards cannot be judged without those that were meant here.
    private static GuardDefinition ReadOther(ref Utf8JsonReader json, ReadState state)
    {
        state.BeginPart();
        state.ReportForm(ref json, "guards", "a list of guards");
        return Faulty(id: null, state.EndPart()!);
    }

    private static void Add(ref Utf8JsonReader json, ReadState state, int index)
    {
        state.BeginPart();
        state.Enter(index);
        var guard = Faulty(id: null, fault: null);
        if (json.TokenType == JsonTokenType.StartObject)
            guard = ReadGuard(ref json, state, guard);
        else
            state.ReportItem(ref json, "guards", "a list of objects");
        state.Leave();
        state.GuardList.Add(state.EndPart() is { } fault ? Faulty(guard.Id, fault) : guard);
    }

    private static GuardDefinition Faulty(string? id, SnapshotDiagnostic? fault) =>
        new() { Id = id ?? "", Kind = default, Variant = "", Defect = fault };

    private static GuardDefinition ReadGuard(ref Utf8JsonReader json, ReadState state, GuardDefinition guard)
    {
        var members = new MemberCursor(FormatMembers.Guard);
        while (members.MoveNext(ref json, state) is { } name)
            guard = ReadMember(ref json, state, guard, name);

        state.RequirePresent(members, "id", "the guard's own name");
        state.RequirePresent(members, "kind", $"'{string.Join("' or '", Kinds)}'");
        state.RequirePresent(members, "variant", "the variant that is watched");
        return guard;
    }

    private static GuardDefinition ReadMember(ref Utf8JsonReader json, ReadState state, GuardDefinition guard, string name) => name switch
    {
        "id" => guard with { Id = state.Text(ref json, name) ?? "" },
        "kind" => guard with { Kind = (GuardKind)(state.Word(ref json, name, Kinds) ?? 0) },
        "than" => guard with { Than = state.Duration(ref json, name) },
        "metric" => guard with { Metric = state.Text(ref json, name) },
        "above" => guard with { Above = state.Double(ref json, name) },
        "below" => guard with { Below = state.Double(ref json, name) },
        "variant" => guard with { Variant = state.Text(ref json, name) ?? "" },
        "against" => guard with { Against = state.Text(ref json, name) },
        "limit" => guard with { Limit = state.Double(ref json, name) },
        "margin" => guard with { Margin = state.Double(ref json, name) ?? 0 },
        "ratio" => guard with { Ratio = state.Double(ref json, name) ?? 1 },
        "mode" => guard with { Mode = (GuardMode)(state.Word(ref json, name, Modes) ?? 0) },
        "alpha" => guard with { Alpha = state.Double(ref json, name) ?? guard.Alpha },
        "within" => guard with { Within = state.Long(ref json, name) ?? guard.Within },
        "minimumBad" => guard with { MinimumBad = state.Long(ref json, name) ?? 0 },
        "minimumOutcomes" => guard with { MinimumOutcomes = state.Long(ref json, name) ?? 0 },
        "oncePer" => guard with { OncePer = state.Duration(ref json, name) },
        "then" => ReadThen(ref json, state, guard),
        "inconclusive" => guard with { Inconclusive = (GuardPolicy)(state.Word(ref json, name, Policies) ?? 0) },
        "noData" => guard with { NoData = (GuardPolicy)(state.Word(ref json, name, Policies) ?? 0) },
        "dryRun" => guard with { DryRun = state.Boolean(ref json, name) ?? false },
        _ => guard with { Probe = ReadProbe(ref json, state) },
    };

    private static GuardDefinition ReadThen(ref Utf8JsonReader json, ReadState state, GuardDefinition guard)
    {
        if (json.TokenType == JsonTokenType.StartObject)
            return guard with { Then = GuardResponse.Revert, RevertTo = ReadRevert(ref json, state) };
        if (!state.TryRead(ref json, out var text))
        {
            if (json.TokenType != JsonTokenType.Null)
                state.ReportForm(ref json, "then", $"'{Pause}', '{Warn}', or the variant to serve");
            return guard;
        }

        return text switch
        {
            Pause => guard with { Then = GuardResponse.Pause, RevertTo = null },
            Warn => guard with { Then = GuardResponse.Warn, RevertTo = null },
            _ => guard with { Then = GuardResponse.Revert, RevertTo = text },
        };
    }

    private static string? ReadRevert(ref Utf8JsonReader json, ReadState state)
    {
        state.Enter("then");
        string? variant = null;
        var members = new MemberCursor(FormatMembers.Response);
        while (members.MoveNext(ref json, state) is { } name)
            variant = state.Text(ref json, name);
        state.RequirePresent(members, "revert", "the variant to serve");
        state.Leave();
        return variant;
    }

    private static ProbeDefinition? ReadProbe(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "probe", "an object"))
            return null;

        state.Enter("probe");
        var probe = new ProbeDefinition();
        var members = new MemberCursor(FormatMembers.Probe);
        while (members.MoveNext(ref json, state) is { } name)
        {
            probe = name switch
            {
                "percent" => probe with { Percent = state.Number(ref json, name) ?? probe.Percent },
                "wait" => probe with { Wait = state.Duration(ref json, name) ?? probe.Wait },
                "maxWait" => probe with { MaxWait = state.Duration(ref json, name) ?? probe.MaxWait },
                "maxOutcomes" => probe with { MaxOutcomes = state.Long(ref json, name) ?? probe.MaxOutcomes },
                _ => probe with { CloseWithoutProof = state.Boolean(ref json, name) ?? false },
            };
        }

        state.Leave();
        return probe;
    }
}
