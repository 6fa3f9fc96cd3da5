namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The ids of everything that can be wrong with a snapshot; each has a page under <c>docs/diagnostics</c>.</summary>
internal static class DiagnosticId
{
    public const string MalformedJson = "PD1001";
    public const string UnknownSchema = "PD1002";
    public const string InvalidVersion = "PD1003";
    public const string LimitExceeded = "PD1004";
    public const string VersionNotNewer = "PD1005";
    public const string Expired = "PD1006";
    public const string AssertionFailed = "PD1007";
    public const string TooManyQuarantined = "PD1008";
    public const string UnreadableMember = "PD1009";
    public const string MalformedPatch = "PD1010";
    public const string PatchOfOtherVersion = "PD1011";
    public const string MalformedKill = "PD1012";
    public const string Unsigned = "PD1013";
    public const string UnknownKey = "PD1014";
    public const string WrongSignature = "PD1015";

    public const string WrongForm = "PD1101";
    public const string UnknownType = "PD1102";
    public const string InvalidVariantValue = "PD1103";
    public const string UndefinedVariant = "PD1104";
    public const string UndefinedSegment = "PD1105";
    public const string UndefinedLayerOrHoldout = "PD1106";
    public const string InvalidPercentage = "PD1107";
    public const string InvalidWeights = "PD1108";
    public const string InvalidSteps = "PD1109";
    public const string NotOneOperator = "PD1110";
    public const string InvalidOperand = "PD1111";
    public const string InvalidExpression = "PD1112";
    public const string InvalidVersionRange = "PD1113";
    public const string InvalidNetwork = "PD1114";
    public const string InvalidTime = "PD1115";
    public const string InvalidReference = "PD1116";
    public const string OverlappingSlots = "PD1117";
    public const string Cycle = "PD1118";
    public const string InvalidServe = "PD1119";
    public const string DuplicateMember = "PD1120";
    public const string UnknownOperator = "PD1121";
    public const string FlagLimitExceeded = "PD1122";
    public const string UsesMalformed = "PD1123";
    public const string UnknownFlag = "PD1124";
    public const string NotExpressible = "PD1125";
    public const string ExpressedOtherwise = "PD1126";
}
