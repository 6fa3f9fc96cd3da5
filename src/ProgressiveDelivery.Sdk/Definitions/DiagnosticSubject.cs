namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The thing that a diagnostic is about, as a message begins with it: <c>Flag 'checkout'</c>.</summary>
internal readonly record struct DiagnosticSubject(string Kind, string Name)
{
    public static implicit operator DiagnosticSubject(string flag) => new("Flag", flag);

    public static DiagnosticSubject Segment(string name) => new("Segment", name);

    public static DiagnosticSubject Layer(string name) => new("Layer", name);

    public static DiagnosticSubject Holdout(string name) => new("Holdout", name);

    public override string ToString() => $"{Kind} {Diagnostics.Quote(Name)}";
}
