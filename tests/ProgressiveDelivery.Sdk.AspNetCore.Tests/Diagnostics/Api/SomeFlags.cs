using System.Text.Json;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Api;

/// <summary>Flags that have all that an answer can hold.</summary>
internal static class SomeFlags
{
    /// <summary>Each has guards, a ramp, an experiment, rules, metadata, a fault or none of it.</summary>
    public const string All = Checkout + "," + """
        "banner": {"type": "json", "variants": {"a": {"deep": [1, "x"]}, "b": []}, "offVariant": "a", "metadata": {"owner": {"team": "shop"}},
                   "rules": [{"id": "nl", "when": {"all": [{"attribute": "country", "equals": "NL"}, {"attribute": "email", "endsWith": ["@example.com"]}]}, "serve": "b"}], "default": "a"},
        "price": {"type": "string", "variants": {"old": "1", "new": "2"}, "default": {"experiment": {"key": "price-test", "split": {"old": 50, "new": 50}}}, "track": true},
        "broken": {"type": "boolean", "default": "missing"}
        """;

    private const string Checkout = """
        "new-checkout": {"type": "boolean", "clientVisible": true,
          "default": {"rollout": {"to": "on", "steps": [{"at": "2026-11-29T09:00:00Z", "percent": 90}, {"at": "2026-12-24T10:00:00Z", "percent": 100}]}, "else": "off"},
          "guards": [{"id": "errors", "kind": "error", "variant": "on", "against": "off", "margin": 0.01, "then": "off", "probe": {"wait": "1m"}}, {"id": "limit", "kind": "error", "variant": "on", "limit": 0.01, "then": "off"}]}
        """;

    /// <summary>Evaluates, lets a guard trip, has an override and a hold: the client then shows all that it can.</summary>
    public static async Task StirAsync(ApiApp app)
    {
        for (var i = 0; i < 40; i++)
            app.Features.GetString("price", new EvaluationContext($"user-{i}"), "");
        var unit = 0;
        await Requests.Wait.UntilAsync(() =>
        {
            using var features = app.Features.BeginScope();
            features.IsEnabled("new-checkout", new EvaluationContext($"user-{unit++}"));
            features.ReportOutcome(succeeded: false, TimeSpan.FromSeconds(1));
            return app.Control.State.Trips.Count > 0;
        });
        app.Clock.Advance(TimeSpan.FromSeconds(11));
        await app.PublishAsync(2, All.Replace("\"a\": {", "\"c\": 1, \"a\": {", StringComparison.Ordinal) + """, "added": {"type": "boolean", "default": "on"}""");
        await app.Control.OverrideAsync("banner", "b", new ControlAct("oncall-bob", "INC-2") { ExpiresAfter = TimeSpan.FromHours(4) });
        await app.Control.HoldAsync(new ControlAct("oncall-bob", "INC-3") { ExpiresAfter = TimeSpan.FromHours(1) });
        await app.PublishAsync(3, All);
        await app.PublishRejectedAsync("""{"schema": "progressive-delivery/9", "version": 4, "flags": {}, "change": {"by": "bob", "why": "haste"}}""");
    }

    public static EvaluationContext Saved { get; } = new("user-7") { ["country"] = "NL", ["email"] = "secret@example.com" };

    public static string[] Names(JsonElement list, string member) => [.. list.EnumerateArray().Select(item => item.GetProperty(member).GetString()!)];
}
