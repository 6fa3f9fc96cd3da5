using System.Globalization;

namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <content>
/// Guards, gates and blackouts. Their faults do not cost the flag: a faulty guard is left out, a gate that cannot be judged stays closed, and a blackout
/// that cannot be used never ends.
/// </content>
internal static partial class DiagnosticCatalog
{
    public static SnapshotDiagnostic InvalidDuration(string path, DiagnosticSubject subject, string member, string found) =>
        Error(DiagnosticId.InvalidDuration, path, $"{subject}: '{member}' is {found}, which is no duration. Write a number and its unit without a space, such as '400ms', '0.4s', '5m', '2h' or '1d'.");

    public static SnapshotDiagnostic UndefinedGuardVariant(string path, string flag, string guard, string variant, IEnumerable<string> known) =>
        Warning(DiagnosticId.UndefinedGuardVariant, path, $"{Guard(flag, guard)}: variant {Quote(variant)} is not among the flag's variants{Suggestion(variant, known)}. Define it, or name another.");

    public static SnapshotDiagnostic DuplicateGuard(string path, string flag, string guard) =>
        Warning(DiagnosticId.DuplicateGuard, path, $"{Guard(flag, guard)}: an earlier guard of the flag has the same id. Give it one of its own.");

    public static SnapshotDiagnostic InvalidGuardLimit(string path, string flag, string guard, string wrong) =>
        Warning(DiagnosticId.InvalidGuardLimit, path, $"{Guard(flag, guard)}: it {wrong}. Give either 'limit', above 0 and below 1, or 'against', another variant, with 'margin' and 'ratio' as needed.");

    public static SnapshotDiagnostic InvalidGuardKind(string path, string flag, string guard, string wrong) =>
        Warning(DiagnosticId.InvalidGuardKind, path, $"{Guard(flag, guard)}: it {wrong}. Give 'than' to kind 'slower'; 'metric' and one of 'above' and 'below' to kind 'metric'; and none of them to kind 'error'.");

    public static SnapshotDiagnostic InvalidGuardPromise(string path, string flag, string guard, string member, string wanted, string found) =>
        Warning(DiagnosticId.InvalidGuardPromise, path, $"{Guard(flag, guard)}: '{member}' must be {wanted}, and is {found}. Write it so, or leave it out.");

    public static SnapshotDiagnostic InvalidGuardResponse(string path, string flag, string guard, string wrong) =>
        Warning(DiagnosticId.InvalidGuardResponse, path, $"{Guard(flag, guard)}: {wrong}. Let 'then' be 'pause', 'warn' or another variant than the watched one; only a guard that reverts may have a 'probe'.");

    public static SnapshotDiagnostic TooManyGuards(string path, string flag, int count, int limit) =>
        Warning(DiagnosticId.TooManyGuards, path, string.Create(CultureInfo.InvariantCulture, $"{Flag(flag)}: it has {count} guards, and all after the first {limit} are left out. Remove some."));

    public static SnapshotDiagnostic UnservedVariant(string path, string flag, string guard, string variant) =>
        Warning(DiagnosticId.UnservedVariant, path, $"{Flag(flag)}: guard {Quote(guard)} needs outcomes of variant {Quote(variant)}, which no rule, split or default serves, so it has no data and is never fine. Serve that variant to some units, or compare with 'limit'.");

    public static SnapshotDiagnostic InvalidGate(string path, string flag, string wrong) =>
        Warning(DiagnosticId.InvalidGate, path, $"{Flag(flag)}: a gate {wrong}, so it never opens and its step is not reached. Correct it, or remove it.");

    public static SnapshotDiagnostic InvalidBlackout(string path, string flag, string wrong) =>
        Warning(DiagnosticId.InvalidBlackout, path, $"{Flag(flag)}: {wrong}. Correct the blackouts, or remove them.");

    public static SnapshotDiagnostic InvalidAttempt(string path, string flag, long found) =>
        Error(DiagnosticId.InvalidAttempt, path, string.Create(CultureInfo.InvariantCulture, $"{Flag(flag)}: 'attempt' is {found}. Give a whole number from 1 on, one more for each new attempt to roll the flag out."));

    private static string Guard(string flag, string guard) => $"{Flag(flag)}: guard {Quote(guard)} is left out";
}
