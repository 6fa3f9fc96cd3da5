namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Snapshots that a prober can tell right from wrong: the flag <c>version</c> holds the snapshot's own version.</summary>
internal static class Document
{
    /// <summary>Flags <c>version</c> and <c>f</c>, which is on or off.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="on">What <c>f</c> answers.</param>
    /// <param name="flags">Further flags: <c>"name": {…}, </c> with the comma.</param>
    /// <param name="more">Further members of the document, likewise.</param>
    public static string Of(long version, bool on = true, string flags = "", string more = "") => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, {{more}}
         "flags": { {{flags}} {{VersionFlag(version)}}, {{Flag("f", on)}} } }
        """;

    /// <summary>The flag that holds its snapshot's version.</summary>
    public static string VersionFlag(long version) => $$"""
        "version": {"type": "integer", "variants": {"own": {{version}}}, "default": "own"}
        """;

    /// <summary>A boolean flag, on or off for everybody.</summary>
    public static string Flag(string key, bool on = true) => $$"""
        "{{key}}": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "{{(on ? "on" : "off")}}"}
        """;

    /// <summary>A change that also moves the version flag on, and turns <c>f</c> on or off.</summary>
    public static string Patch(long from, long to, bool on = true, string flags = "", string remove = "") => $$"""
        {"baseVersion": {{from}}, "version": {{to}}, "set": {"flags": { {{flags}} {{VersionFlag(to)}}, {{Flag("f", on)}} } }, "remove": {"flags": [{{remove}}]} }
        """.ReplaceLineEndings(" ");

    /// <summary>On one line, as the data of an event.</summary>
    public static string OneLine(this string document) => document.ReplaceLineEndings(" ");
}
