using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>The reports of members that the format does not have, by their place.</content>
internal sealed partial class ReadState
{
    /// <summary>Indicates whether every unknown member is an error, as authors need it.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The name of the whole document in messages.</summary>
    public string WholeName { get; init; } = "The snapshot";

    /// <summary>
    /// The fault that rejects the whole document: the first misspelled or, in strict mode, unknown member outside flags, segments, layers and
    /// holdouts.
    /// </summary>
    public SnapshotDiagnostic? Refusal { get; private set; }

    private bool IsInWhole => Subject == default;

    private string Holder => IsInWhole ? WholeName : Subject.ToString();

    /// <summary>Reports a member of the current place that misspells an absent known one.</summary>
    public void ReportMisspelt(string member, string meant, string place) =>
        ReportFault(DiagnosticCatalog.MisspeltMember(PathToUnknown(member), Holder, place, member, meant));

    /// <summary>Reports an unknown member of the current place: a warning, or in strict mode an error.</summary>
    public void ReportUnknown(string member, string place)
    {
        if (IsFull && !IsStrict)
            return;
        var diagnostic = DiagnosticCatalog.UnknownMember(PathToUnknown(member), Holder, place, member);
        if (IsStrict)
            ReportFault(diagnostic with { Severity = DiagnosticSeverity.Error });
        else
            Report(diagnostic);
    }

    private void ReportFault(SnapshotDiagnostic fault)
    {
        if (!IsInWhole)
        {
            Report(fault);
            return;
        }

        var refusal = fault with { Severity = DiagnosticSeverity.Fatal };
        Refusal ??= refusal;
        Report(refusal);
    }
}
