namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <content>Members that the format does not know.</content>
internal static partial class DiagnosticCatalog
{
    /// <param name="path">The member's path.</param>
    /// <param name="subject">The flag, segment, layer or holdout that has it, or the whole: <c>The snapshot</c>.</param>
    /// <param name="place">The kind of object that it stands in: <c>a rule</c>.</param>
    /// <param name="member">The unknown name.</param>
    /// <param name="meant">The known name that it is near.</param>
    public static SnapshotDiagnostic MisspeltMember(string path, string subject, string place, string member, string meant) =>
        Error(DiagnosticId.MisspeltMember, path, $"{subject}: {place} has no member {Quote(member)}, which is near '{meant}'. Write '{meant}', or begin the name with 'x-' if the member is your own.");

    /// <inheritdoc cref="MisspeltMember"/>
    public static SnapshotDiagnostic UnknownMember(string path, string subject, string place, string member) =>
        Warning(DiagnosticId.UnknownMember, path, $"{subject}: this version knows no member {Quote(member)} of {place}. Update the package, correct the name, or begin it with 'x-' if the member is your own.");
}
