namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Every member that patches and kills have, by the object it belongs to.</summary>
internal static class PatchMembers
{
    public static readonly MemberTable Patch = new("baseVersion", "version", "publishedAt", "set", "remove");

    public static readonly MemberTable Set = new("segments", "flags");

    public static readonly MemberTable Remove = new("flags");

    public static readonly MemberTable Kill = new("version", "flag", "variant");
}
