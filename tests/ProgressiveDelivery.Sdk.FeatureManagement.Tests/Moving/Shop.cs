using Microsoft.AspNetCore.Builder;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.AspNetCore;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Moving;

/// <summary>The application of the guide: its code stays the same in steps 1 to 4.</summary>
internal static class Shop
{
    public const string Configuration = """
        {
          "feature_management": { "feature_flags": [
            { "id": "NewCheckout", "enabled": true, "conditions": { "client_filters": [
              { "name": "Microsoft.Targeting", "parameters": { "Audience": { "Users": ["ada"], "DefaultRolloutPercentage": 0 } } } ] } },
            { "id": "Banner", "enabled": true,
              "variants": [{ "name": "Plain", "configuration_value": "Welcome" }, { "name": "Loud", "configuration_value": "SALE" }],
              "allocation": { "user": [{ "variant": "Loud", "users": ["ada"] }], "default_when_enabled": "Plain" } }
          ] }
        }
        """;

    /// <summary>The same flags in another format, that of ProgressiveDelivery.Sdk.</summary>
    public const string Snapshot = """
        {
          "schema": "progressive-delivery/1",
          "version": 1,
          "flags": {
            "NewCheckout": {
              "type": "boolean",
              "variants": { "on": true, "off": false },
              "rules": [{ "when": { "attribute": "targetingKey", "in": ["ada", "eve"] }, "serve": "on" }],
              "default": "off"
            },
            "Banner": {
              "type": "string",
              "variants": { "Plain": "Welcome", "Loud": "SALE" },
              "rules": [{ "when": { "attribute": "targetingKey", "in": ["eve"] }, "serve": "Loud" }],
              "default": "Plain"
            }
          }
        }
        """;

    public static void Map(WebApplication app)
    {
        app.MapGet("/checkout", () => "new").WithFeatureGate("NewCheckout");
        app.MapGet("/banner", async (IVariantFeatureManager features) => (await features.GetVariantAsync("Banner")).Configuration.Value);
        app.MapGet("/state", async (IFeatureManagerSnapshot features) => await features.IsEnabledAsync("NewCheckout") ? "on" : "off");
    }
}
