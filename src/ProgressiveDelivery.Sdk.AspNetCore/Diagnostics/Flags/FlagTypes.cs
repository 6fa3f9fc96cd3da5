namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Names the types of flags for people.</summary>
internal static class FlagTypes
{
    public static string Name(FlagType type) => type switch
    {
        FlagType.Boolean => "boolean",
        FlagType.String => "text",
        FlagType.Integer => "integer",
        FlagType.Number => "number",
        _ => "json",
    };
}
