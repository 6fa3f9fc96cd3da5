namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>The faults of a document of another backend.</summary>
internal static partial class DiagnosticCatalog
{
    public static SnapshotDiagnostic Malformed(string path, string subject, string wrong) =>
        Error(DiagnosticId.WrongForm, path, $"{subject}: it cannot be read: {OnOneLine(wrong)}. Correct it in the backend.");

    public static SnapshotDiagnostic UnreadablePart(string path, string subject, Exception fault) =>
        Error(DiagnosticId.UnreadablePart, path, $"{subject}: it cannot be read: {Describe(fault)}. Correct it in the backend; if the backend's own library reads it, report it to the maintainers of this reader.");

    public static SnapshotDiagnostic UnreadableFeaturePart(string path, string key, string fault) =>
        Error(DiagnosticId.UnreadableFeaturePart, path, $"Feature {Quote(key)}: {fault.TrimEnd('.')}. Correct it; an evaluation that comes to this part ends in an error.");

    public static SnapshotDiagnostic NamelessPart(string path, string collection) =>
        Warning(DiagnosticId.NamelessPart, path, $"An item of '{collection}' has no name that is a text, and is left out. Give it one in the backend.");

    public static SnapshotDiagnostic UnreadableDocument(string path, Exception fault) =>
        Refused(DiagnosticId.UnreadableDocument, path, $"The document cannot be read: {Describe(fault)}. Correct it in the backend; if the backend's own library reads it, report it to the maintainers of this reader.");

    public static SnapshotDiagnostic NoFlags(string path, string member) =>
        Warning(DiagnosticId.NoFlags, path, $"The document has no '{member}', so no flag is left. Check the published document and the server at the address, if there should be flags.");

    // Half of a surrogate pair is found only when a text is read, and the place in the code does not show it.
    private static string Describe(Exception fault) => fault is InvalidOperationException
        ? OnOneLine(fault.Message)
        : $"{fault.GetType().Name}: {OnOneLine(fault.Message)}{PlaceOf(fault)}";

    private static string OnOneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');

    private static string PlaceOf(Exception fault) =>
        fault.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var place, ..] ? $", {place}" : "";
}
