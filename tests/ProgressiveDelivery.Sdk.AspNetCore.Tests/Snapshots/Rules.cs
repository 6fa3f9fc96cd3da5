namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>Texts of our own format, with one flag <c>f</c>.</summary>
internal static class Rules
{
    public static string Document(long version, bool on = true, string? more = null) => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, {{more}}
         "flags": {"f": {{Flag(on)}} } }
        """;

    public static string Patch(long baseVersion, long version, bool on = false) => $$"""
        {"baseVersion": {{baseVersion}}, "version": {{version}}, "set": {"flags": {"f": {{Flag(on)}} } } }
        """;

    public static string Kill(long version, string variant = "off") => $$"""{"version": {{version}}, "flag": "f", "variant": "{{variant}}"}""";

    /// <summary>A document of a size, which repetition does not make small.</summary>
    public static string Large(long version, int bytes)
    {
        var noise = new byte[bytes / 2];
        new Random((int)version).NextBytes(noise);
        return Document(version, more: $"\"x-noise\": \"{Convert.ToHexString(noise)}\",");
    }

    private static string Flag(bool on) => $$"""{"type": "boolean", "variants": {"on": true, "off": false}, "default": "{{(on ? "on" : "off")}}"}""";
}
