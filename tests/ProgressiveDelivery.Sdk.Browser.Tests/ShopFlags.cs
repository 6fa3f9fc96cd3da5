namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>The flags of a shop: with all that a screen can show.</summary>
internal static class ShopFlags
{
    /// <summary>A flag with a ramp, two guards of which one only shows, and rules.</summary>
    public const string Checkout = """
        "new-checkout": {"type": "boolean", "clientVisible": true, "metadata": {"owner": "team-checkout"},
          "requires": [{"flag": "payments-v2", "variants": ["on"]}],
          "rules": [{"id": "staff", "when": {"attribute": "email", "endsWith": ["@example.com"]}, "serve": "on"},
                    {"id": "benelux", "when": {"attribute": "country", "in": ["NL", "BE", "LU"]}, "serve": "on"},
                    {"id": "canary", "when": {"attribute": "appVersion", "semver": ">=4.1.0"}, "serve": {"rollout": {"to": "on", "steps": [{"at": "2026-11-27T10:00:00Z", "percent": 1}, {"at": "2026-11-30T13:17:00Z", "percent": 50}, {"at": "2026-11-30T18:00:00Z", "percent": 75}, {"at": "2026-12-01T18:00:00Z", "percent": 100}]}, "else": "off"}}],
          "default": "off", "offVariant": "off",
          "guards": [{"id": "checkout-errors", "kind": "error", "variant": "on", "limit": 0.02, "then": "off", "probe": {"percent": 1, "wait": "30m"}},
                     {"id": "checkout-slow", "kind": "slower", "than": "400ms", "variant": "on", "against": "off", "margin": 0.05, "then": "warn", "dryRun": true}]}
        """;

    public const string Others = """
        "payments-v2": {"type": "boolean", "default": "on"},
        "tax-rules": {"type": "string", "variants": {"old": "2025", "new": "2026"}, "offVariant": "old", "rules": [{"id": "belgium", "when": {"attribute": "country", "equals": "BE"}, "serve": "new"}], "default": "old"},
        "recommendations": {"type": "boolean", "rules": [{"when": {"attribute": "plan", "equals": "pro"}, "serve": "on"}, {"when": {"segment": "loyal"}, "serve": "on"}], "default": "off"},
        "promo-2025": {"type": "boolean", "metadata": {"expires": "2026-11-01"}, "default": "off"},
        "new-search": {"type": "string", "variants": {"classic": "classic", "semantic": "semantic"}, "default": {"rollout": {"to": "semantic", "steps": [{"at": "2026-11-29T09:00:00Z", "percent": 25}, {"at": "2026-11-30T18:00:00Z", "percent": 50, "gate": {"outcomes": 500}}]}, "else": "classic"},
           "guards": [{"id": "search-errors", "kind": "error", "variant": "semantic", "against": "classic", "margin": 0.01, "then": "classic"}]},
        "checkout-layout": {"type": "string", "variants": {"three-step": "a", "one-page": "b", "wallet": "c"}, "default": {"experiment": {"key": "checkout-layout-2026-11", "split": {"three-step": 34, "one-page": 33, "wallet": 33}}}, "track": true},
        "theme": {"type": "json", "variants": {"light": {"background": "#FFFFFF", "sizes": [12, 15]}, "dark": {"background": "#0F1319"}}, "default": "light"}
        """;

    /// <summary>Returns the flags of a version: later ones differ from earlier ones.</summary>
    public static string Document(long version, string why, string? more = null, string by = "kim@example.com", string? change = null)
    {
        var flags = Checkout + ",\n" + Others + (more is null ? "" : ",\n" + more);
        if (version >= 1042)
            flags = flags.Replace("\"equals\": \"BE\"", "\"in\": [\"BE\", \"LU\"]", StringComparison.Ordinal);
        if (version >= 1043)
            flags = flags.Replace("\"percent\": 25}", "\"percent\": 40}", StringComparison.Ordinal);
        if (version >= 1044)
            flags += ",\n\"banner-black-friday\": {\"type\": \"boolean\", \"default\": \"on\"}";
        return $$"""{"schema": "progressive-delivery/1", "version": {{version}}, "change": {"by": {{Json(by)}}, "why": {{Json(why)}}}, "flags": { {{flags}} }{{change}} }""";
    }

    public static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
