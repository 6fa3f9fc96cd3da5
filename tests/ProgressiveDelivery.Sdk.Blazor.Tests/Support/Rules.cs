namespace ProgressiveDelivery.Sdk.Blazor.Tests.Support;

/// <summary>Documents of rules.</summary>
internal static class Rules
{
    public static string Document(long version, params string[] flags) => $$"""{ "schema": "progressive-delivery/1", "version": {{version}}, "flags": { {{string.Join(", ", flags)}} } }""";

    public static string Boolean(string key, bool on = true) => $$"""
        "{{key}}": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{(on ? "on" : "off")}}", "clientVisible": true }
        """;

    public static string Color(string served) => $$"""
        "color": { "type": "string", "variants": { "red": "#f00", "blue": "#00f", "green": "#0f0" }, "default": "{{served}}", "clientVisible": true }
        """;

    /// <summary>A flag that is on for one targeting key.</summary>
    public static string For(string key, string user) => When(key, "targetingKey", user);

    /// <summary>A flag that is on for one value of an attribute.</summary>
    public static string When(string key, string attribute, string value) => $$"""
        "{{key}}": { "type": "boolean", "variants": { "on": true, "off": false }, "rules": [ { "when": { "attribute": "{{attribute}}", "equals": "{{value}}" }, "serve": "on" } ], "default": "off" }
        """;
}
