namespace ProgressiveDelivery.Sdk.Json;

/// <summary>All members of patches and kills, by object.</summary>
internal static class PatchMembers
{
    public static readonly MemberTable Patch = new("a patch", "baseVersion", "version", "publishedAt", "set", "remove");

    public static readonly MemberTable Set = new("'set'", "segments", "flags") { LeavesUnknown = true };

    public static readonly MemberTable Remove = new("'remove'", "flags") { LeavesUnknown = true };

    public static readonly MemberTable Kill = new("a kill", "version", "flag", "variant");
}
