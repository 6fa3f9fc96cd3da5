namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

/// <summary>The flags of the tests.</summary>
internal static class GateFlags
{
    public const string Open = "open";

    public const string Shut = "shut";

    /// <summary>A text flag that serves the variant <c>blue</c>.</summary>
    public const string Banner = "banner";

    /// <summary>On for the user anna.</summary>
    public const string ForAnna = "for-anna";

    public const string Unknown = "unknown";

    public const string Document = """
        {
          "schema": "progressive-delivery/1",
          "version": 1,
          "flags": {
            "open": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" },
            "shut": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "off" },
            "banner": { "type": "string", "variants": { "red": "#f00", "blue": "#00f" }, "default": "blue" },
            "for-anna": {
              "type": "boolean",
              "variants": { "on": true, "off": false },
              "rules": [ { "when": { "attribute": "targetingKey", "in": ["anna"] }, "serve": "on" } ],
              "default": "off"
            }
          }
        }
        """;
}
