using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>The faults of flagd's documents, under the ids that all formats share.</summary>
internal static class FlagdDiagnostics
{
    private const int MaxName = 80;

    public static SnapshotDiagnostic TooManyFlags(int limit) => new(
        "PD1004", DiagnosticSeverity.Fatal, "$.flags", string.Create(CultureInfo.InvariantCulture, $"The flag configuration has more than {limit} flags, which is the limit. Make it smaller, or raise {nameof(SnapshotLimits.MaxFlags)}."));

    public static SnapshotDiagnostic UndefinedDefault(string key, string variant) => new(
        "PD1104",
        DiagnosticSeverity.Fatal,
        Path(key, "defaultVariant"),
        $"Flag {Quote(key)}: its default variant {Quote(variant)} is not among its variants, and flagd refuses a configuration with such a flag. Define the variant, or name another.");

    public static SnapshotDiagnostic Form(string key, string? member, string wrong) =>
        new("PD1101", DiagnosticSeverity.Error, Path(key, member), $"Flag {Quote(key)}: {wrong}.");

    public static SnapshotDiagnostic Value(string key, string variant, string wrong) =>
        new("PD1103", DiagnosticSeverity.Error, Path(key, "variants"), $"Flag {Quote(key)}: the value of variant {Quote(variant)} is {wrong}. Give all variants of a flag values of one type.");

    public static SnapshotDiagnostic Targeting(string key, string wrong) =>
        new("PD1101", DiagnosticSeverity.Error, Path(key, "targeting"), $"Flag {Quote(key)}: its targeting cannot be evaluated: {wrong}.");

    public static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxName)))
            shown.Append(char.IsControl(character) || char.IsSurrogate(character) ? '\uFFFD' : character);
        return shown.Append(text.Length > MaxName ? "…'" : "'").ToString();
    }

    private static string Path(string key, string? member)
    {
        var path = new StringBuilder("$.flags['");
        foreach (var character in key)
        {
            if (character is '\'' or '\\')
                path.Append('\\').Append(character);
            else if (char.IsControl(character) || char.IsSurrogate(character))
                path.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                path.Append(character);
        }

        path.Append("']");
        return member is null ? path.ToString() : path.Append('.').Append(member).ToString();
    }
}
