namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>The subject of a diagnostic, as its message begins: <c>Flag 'checkout'</c>.</summary>
internal readonly record struct DiagnosticSubject(string Kind, string Name)
{
    public static implicit operator DiagnosticSubject(string flag) => new("Flag", flag);

    public static DiagnosticSubject Segment(string name) => new("Segment", name);

    public static DiagnosticSubject Layer(string name) => new("Layer", name);

    public static DiagnosticSubject Holdout(string name) => new("Holdout", name);

    public override string ToString() => $"{Kind} {DiagnosticCatalog.Quote(Name)}";
}
