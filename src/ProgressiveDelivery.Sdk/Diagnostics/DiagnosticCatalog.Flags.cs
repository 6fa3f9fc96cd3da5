using System.Globalization;

namespace ProgressiveDelivery.Sdk.Diagnostics;

internal static partial class DiagnosticCatalog
{
    public static SnapshotDiagnostic WrongForm(string path, DiagnosticSubject subject, string member, string wanted, string found) =>
        Error(DiagnosticId.WrongForm, path, $"{subject}: '{member}' must be {wanted}, and is {found}. Write it so.");

    public static SnapshotDiagnostic MissingMember(string path, DiagnosticSubject subject, string member, string wanted) =>
        Error(DiagnosticId.WrongForm, path, $"{subject}: '{member}' is missing. Add it: {wanted}.");

    public static SnapshotDiagnostic WrongConditionForm(string path, DiagnosticSubject subject, string wrong) =>
        Error(DiagnosticId.WrongForm, path, $"{subject}: a condition {wrong}. Give it exactly one of 'all', 'any', 'not', 'segment', 'flag', 'attribute', 'between' and 'schedule'.");

    public static SnapshotDiagnostic UnknownType(string path, string flag, string found) =>
        Error(DiagnosticId.UnknownType, path, $"{Flag(flag)}: its type is {found}. Make it 'boolean', 'string', 'integer', 'number' or 'json'.");

    public static SnapshotDiagnostic InvalidVariantValue(string path, string flag, string variant, string found, FlagType type) =>
        Error(DiagnosticId.InvalidVariantValue, path, $"{Flag(flag)}: the value of variant {Quote(variant)} is {found}. Give it {ValueOf(type)}, or change the flag's type.");

    public static SnapshotDiagnostic UndefinedVariant(string path, string flag, string variant, IEnumerable<string> known) =>
        Error(DiagnosticId.UndefinedVariant, path, $"{Flag(flag)}: variant {Quote(variant)} is not among its variants{Suggestion(variant, known)}. Define it, or name another.");

    public static SnapshotDiagnostic UndefinedSegment(string path, DiagnosticSubject subject, string segment, IEnumerable<string> known) =>
        Error(DiagnosticId.UndefinedSegment, path, $"{subject}: segment {Quote(segment)} is not defined{Suggestion(segment, known)}. Define it, or remove the condition.");

    public static SnapshotDiagnostic UndefinedLayer(string path, string flag, string layer, IEnumerable<string> known) =>
        Error(DiagnosticId.UndefinedLayerOrHoldout, path, $"{Flag(flag)}: layer {Quote(layer)} is not defined{Suggestion(layer, known)}. Define it, or remove it from the experiment.");

    public static SnapshotDiagnostic UndefinedHoldout(string path, string flag, string holdout, IEnumerable<string> known) =>
        Error(DiagnosticId.UndefinedLayerOrHoldout, path, $"{Flag(flag)}: holdout {Quote(holdout)} is not defined{Suggestion(holdout, known)}. Define it, or remove it from the experiment.");

    public static SnapshotDiagnostic InvalidPercentage(string path, DiagnosticSubject subject, string found) =>
        Error(DiagnosticId.InvalidPercentage, path, $"{subject}: the percentage is {found}. Give a number from 0 to 100 with at most four decimals.");

    public static SnapshotDiagnostic InvalidWeights(string path, string flag, string wrong) =>
        Error(DiagnosticId.InvalidWeights, path, $"{Flag(flag)}: a split {wrong}. Give weights that are not negative and have at most 28 digits, at least one of them above 0.");

    public static SnapshotDiagnostic InvalidSteps(string path, string flag, string wrong) =>
        Error(DiagnosticId.InvalidSteps, path, $"{Flag(flag)}: a rollout {wrong}. Give either 'percent', or 'steps' whose 'at' strictly ascends.");

    public static SnapshotDiagnostic NotOneOperator(string path, DiagnosticSubject subject, string attribute, IReadOnlyCollection<string> operators) =>
        Error(DiagnosticId.NotOneOperator, path, operators.Count == 0
            ? $"{subject}: the test on attribute {Quote(attribute)} has no operator. Add one, such as 'equals'."
            : $"{subject}: the test on attribute {Quote(attribute)} has the operators '{string.Join("', '", operators)}'. Keep one, or write one test for each inside 'all'.");

    public static SnapshotDiagnostic InvalidOperand(string path, DiagnosticSubject subject, string @operator, string wanted, string found) =>
        Error(DiagnosticId.InvalidOperand, path, $"{subject}: the operand of '{@operator}' must be {wanted}, and is {found}. Write it so.");

    public static SnapshotDiagnostic InvalidExpression(string path, DiagnosticSubject subject, string pattern, string wrong) =>
        Error(DiagnosticId.InvalidExpression, path, $"{subject}: the regular expression {Quote(pattern)} cannot be used: {wrong.TrimEnd('.')}. Write it in .NET syntax without back references and look-around.");

    public static SnapshotDiagnostic ExpressionTooLarge(string path, DiagnosticSubject subject, string pattern) =>
        Error(DiagnosticId.ExpressionTooLarge, path, $"{subject}: the regular expression {Quote(pattern)} is too large. Use smaller counts in braces, or split it into several tests.");

    public static SnapshotDiagnostic ExpressionBacktracks(string path, DiagnosticSubject subject, string pattern) =>
        Warning(DiagnosticId.ExpressionBacktracks, path, $"{subject}: the regular expression {Quote(pattern)} refers back to what it matched, so its time is limited; an evaluation that exceeds the limit ends with an error. Write it without back references.");

    public static SnapshotDiagnostic InvalidVersionRange(string path, DiagnosticSubject subject, string range) =>
        Error(DiagnosticId.InvalidVersionRange, path, $"{subject}: {Quote(range)} is not a range of semantic versions. Write comparators with one space between, such as '>=1.2.0 <2.0.0'.");

    public static SnapshotDiagnostic InvalidNetwork(string path, DiagnosticSubject subject, string network) =>
        Error(DiagnosticId.InvalidNetwork, path, $"{subject}: {Quote(network)} is not a network. Write a CIDR block without host bits, such as '10.0.0.0/8' or '2001:db8::/32', or an address.");

    public static SnapshotDiagnostic InvalidInstant(string path, DiagnosticSubject subject, string found) =>
        Error(DiagnosticId.InvalidTime, path, $"{subject}: {found} is not an instant. Write an RFC 3339 date-time with offset, such as '2026-12-01T09:00:00Z'.");

    public static SnapshotDiagnostic InvalidTimeOfDay(string path, DiagnosticSubject subject, string found) =>
        Error(DiagnosticId.InvalidTime, path, $"{subject}: {found} is not a time of day. Write hours and minutes from '00:00' to '23:59'.");

    public static SnapshotDiagnostic InvalidDay(string path, DiagnosticSubject subject, string found) =>
        Error(DiagnosticId.InvalidTime, path, $"{subject}: {found} is not a day. Write 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat' or 'Sun'.");

    public static SnapshotDiagnostic InvalidTimeZone(string path, DiagnosticSubject subject, string zone, bool hasZones) =>
        Error(DiagnosticId.InvalidTime, path, hasZones
            ? $"{subject}: time zone {Quote(zone)} is not known here. Name an IANA zone such as 'Europe/Amsterdam'."
            : $"{subject}: time zone {Quote(zone)} cannot be used, since this machine has no time zone data. Install it (package 'tzdata'; without InvariantTimezone), or leave the zone out and give the hours in UTC.");

    public static SnapshotDiagnostic InvalidReference(string path, DiagnosticSubject subject, string reference, string wrong) =>
        Error(DiagnosticId.InvalidReference, path, $"{subject}: attribute reference {Quote(reference)} {wrong}. Write a name or a JSON pointer, either after 'kind:' where another context kind is meant.");

    public static SnapshotDiagnostic OverlappingSlots(string path, string flag, string experiment, string layer, string other) =>
        Error(DiagnosticId.OverlappingSlots, path, $"{Flag(flag)}: the slots of experiment {Quote(experiment)} overlap those of {Quote(other)} in layer {Quote(layer)}. Give each its own half-open range.");

    public static SnapshotDiagnostic InvalidSlots(string path, string flag, string experiment, string found) =>
        Error(DiagnosticId.OverlappingSlots, path, $"{Flag(flag)}: the slots of experiment {Quote(experiment)} are {found}. Give a range [from, to] with 0 ≤ from < to ≤ 1000000.");

    public static SnapshotDiagnostic Cycle(string path, DiagnosticSubject subject, IEnumerable<string> members) =>
        Error(DiagnosticId.Cycle, path, $"{subject}: it depends on itself: {string.Join(" → ", members.Select(Quote))}. Remove one of these dependencies.");

    public static SnapshotDiagnostic InvalidServe(string path, string flag, string wrong) =>
        Error(DiagnosticId.InvalidServe, path, $"{Flag(flag)}: what a step serves {wrong}. Give a variant's name, or an object with exactly one of 'split', 'rollout' and 'experiment'.");

    public static SnapshotDiagnostic DuplicateMember(string path, string name) =>
        Warning(DiagnosticId.DuplicateMember, path, $"The name {Quote(name)} occurs more than once in an object; the last one counts. Remove the others.");

    public static SnapshotDiagnostic UnknownOperator(string path, DiagnosticSubject subject, string @operator, IEnumerable<string> known) =>
        Warning(DiagnosticId.UnknownOperator, path, $"{subject}: this version does not know the operator {Quote(@operator)}{Suggestion(@operator, known)}; the test is unknown, so never true. Update the package, or use another operator.");

    public static SnapshotDiagnostic NullOperator(string path, DiagnosticSubject subject, string @operator) =>
        Warning(DiagnosticId.UnknownOperator, path, $"{subject}: the operator '{@operator}' is null; the test is unknown, so never true. Give it an operand, or remove the test.");

    public static SnapshotDiagnostic FlagLimitExceeded(string path, DiagnosticSubject subject, string what, long limit, string option) =>
        Error(DiagnosticId.FlagLimitExceeded, path, string.Create(CultureInfo.InvariantCulture, $"{subject}: it has {what}; the limit is {limit}. Make it smaller, or raise {option}."));

    public static SnapshotDiagnostic UsesMalformed(string path, DiagnosticSubject subject, DiagnosticSubject used) =>
        Error(DiagnosticId.UsesMalformed, path, $"{subject}: it uses {used.Kind.ToLowerInvariant()} {Quote(used.Name)}, which is malformed. Correct that first, as its own diagnostic describes.");

    public static SnapshotDiagnostic UnknownFlag(string path, DiagnosticSubject subject, string flag, IEnumerable<string> known) =>
        Warning(DiagnosticId.UnknownFlag, path, $"{subject}: flag {Quote(flag)}, which it depends on, is not in the snapshot{Suggestion(flag, known)}. Add that flag, or remove the dependency.");

    public static SnapshotDiagnostic NotExpressible(string path, string subject, string reason) =>
        Error(DiagnosticId.NotExpressible, path, $"{subject} cannot be expressed in the SDK's own format and is left out: {reason}. Rewrite its rules.");

    public static SnapshotDiagnostic ExpressedOtherwise(string path, string subject, string difference) =>
        Warning(DiagnosticId.ExpressedOtherwise, path, $"{subject}: in the SDK's own format {difference}. Check that this is what it should do.");

    private static DiagnosticSubject Flag(string key) => key;

    private static SnapshotDiagnostic Error(string id, string path, string message) => new(id, DiagnosticSeverity.Error, path, message);

    private static SnapshotDiagnostic Warning(string id, string path, string message) => new(id, DiagnosticSeverity.Warning, path, message);

    private static string Suggestion(string name, IEnumerable<string> known) =>
        NearestName.Find(name, known) is { } nearest ? $" (did you mean {Quote(nearest)}?)" : "";

    private static string ValueOf(FlagType type) => type switch
    {
        FlagType.Boolean => "true or false",
        FlagType.String => "a text",
        FlagType.Integer => "a whole number of 64 bits",
        FlagType.Number => "a number of 64 bits",
        _ => "any JSON value but null",
    };
}
