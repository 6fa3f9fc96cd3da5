using System.Buffers;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Documents of our own format, from the part that a test is about.</summary>
internal static class Documents
{
    public static SnapshotReadResult Read(string document, SnapshotLimits? limits = null) => SnapshotJson.Read(Encoding.UTF8.GetBytes(document), limits);

    public static string With(string members) => $$"""{ "schema": "progressive-delivery/1", "version": 1, {{members}} }""";

    public static SnapshotReadResult ReadFlags(string flags) => Read(With($$""" "flags": { {{flags}} } """));

    /// <summary>The flag <c>f</c>, a string flag with the variants <c>yes</c> and <c>no</c> and further members.</summary>
    public static SnapshotReadResult ReadFlag(string members) =>
        ReadFlags($$""" "f": { "type": "string", "variants": { "yes": "Y", "no": "N" }, {{members}} } """);

    public static SnapshotReadResult ReadCondition(string condition) =>
        ReadFlag($$""" "rules": [ { "when": {{condition}}, "serve": "yes" } ] """);

    public static SnapshotReadResult ReadServe(string serve) => ReadFlag($$""" "default": {{serve}} """);

    public static FlagDefinition Flag(this SnapshotReadResult result) => result.Definition!.Flags.Should().ContainSingle().Subject;

    public static T When<T>(this SnapshotReadResult result)
        where T : ConditionDefinition
    {
        result.Flag().Defect.Should().BeNull();
        return result.Flag().Rules[0].When.Should().BeOfType<T>().Subject;
    }

    /// <summary>The one flag is malformed, for the one reason given.</summary>
    public static SnapshotDiagnostic ShouldBeMalformed(this SnapshotReadResult result, string id)
    {
        var diagnostic = result.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Id.Should().Be(id);
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Error);
        result.Flag().Defect.Should().Be(diagnostic);
        return diagnostic;
    }

    public static SnapshotDiagnostic ShouldBeRefused(this SnapshotReadResult result, string id)
    {
        result.Definition.Should().BeNull();
        var diagnostic = result.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Id.Should().Be(id);
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Fatal);
        return diagnostic;
    }

    public static byte[] Write(SnapshotDefinition snapshot)
    {
        var output = new ArrayBufferWriter<byte>();
        SnapshotJson.Write(snapshot, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Every member of the format, as the format's description shows it, without its comments.</summary>
    public const string Complete = """
        {
          "schema": "progressive-delivery/1",
          "version": 1042,
          "environment": "production",
          "publishedAt": "2026-11-22T10:00:00Z",
          "change": { "by": "kim@example.com", "why": "Raise search to 25 %" },
          "expiresAt": "2026-12-22T10:00:00Z",
          "segments": {
            "staff": { "include": ["u-1"], "exclude": ["u-9"], "when": { "attribute": "email", "endsWith": ["@acme.example"] } },
            "gold": { "by": ["organization:targetingKey", "account"], "when": { "not": { "any": [ { "segment": "staff" }, { "attribute": "plan", "in": ["free", 0, false] } ] } } }
          },
          "layers": { "checkout": { "by": "targetingKey", "salt": "checkout-2026" } },
          "holdouts": { "q4": { "by": "targetingKey", "salt": "q4", "percent": 5 } },
          "flags": {
            "new-checkout": {
              "type": "boolean",
              "variants": { "on": true, "off": false },
              "enabled": true,
              "offVariant": "off",
              "requires": [ { "flag": "payments-v2", "variants": ["on"] } ],
              "rules": [
                { "id": "staff", "when": { "segment": "staff" }, "serve": "on" },
                { "id": "canary",
                  "when": { "all": [ { "attribute": "country", "in": ["NL", "BE"], "ignoreCase": true }, { "attribute": "appVersion", "semver": ">=4.2.0" } ] },
                  "serve": { "rollout": { "by": "targetingKey", "salt": "new-checkout", "to": { "split": { "on": 2.5, "off": 1 }, "salt": "inner" },
                                          "steps": [ { "at": "2026-12-01T09:00:00Z", "percent": 1 }, { "at": "2026-12-02T09:00:00+01:00", "percent": 10.25 } ],
                                          "curve": "linear" }, "else": "off" } },
                { "when": { "schedule": { "days": ["Mon", "Sun"], "from": "09:00", "to": "17:00:30", "timeZone": "Europe/Amsterdam" } }, "serve": { "rollout": { "to": "on", "percent": 12.5 } } },
                { "serve": { "rollout": { "to": "on", "steps": [ { "at": "2026-12-01T09:00:00Z", "percent": 1 },
                                                                  { "at": "2026-12-03T09:00:00Z", "percent": 10, "gate": { "guards": ["errors"], "outcomes": 500, "minimumTime": "1h", "stepBackAfter": "6h" } } ],
                                          "blackouts": [ { "days": ["Fri"], "from": "16:00", "timeZone": "Europe/Amsterdam" } ] } } },
                { "when": { "between": ["2026-12-01T00:00:00.5Z", null] }, "serve": { "split": { "on": 1, "off": 3 }, "by": "device" } },
                { "when": { "flag": "banner", "is": ["short"] }, "serve": "on" }
              ],
              "default": "off",
              "guards": [ { "id": "errors", "kind": "error", "variant": "on", "against": "off", "margin": 0.01, "then": "off" },
                          { "id": "slow", "kind": "slower", "than": "0.4s", "variant": "on", "limit": 0.05, "then": "pause" },
                          { "id": "value", "kind": "metric", "metric": "basket", "below": 1, "variant": "on", "against": "off", "ratio": 1.5, "mode": "lifetime", "alpha": 0.05, "within": 1000,
                            "minimumBad": 5, "minimumOutcomes": 100, "oncePer": "1m", "then": { "revert": "off" }, "inconclusive": "pass", "noData": "back", "dryRun": true,
                            "probe": { "percent": 0.5, "wait": "10m", "maxWait": "2h", "maxOutcomes": 500, "closeWithoutProof": true } } ],
              "attempt": 2,
              "track": true,
              "clientVisible": true,
              "metadata": { "owner": "payments", "expires": "2027-01-31", "links": [ { "a": null } ] }
            },
            "banner": {
              "type": "string",
              "variants": { "control": "Welcome", "short": "Hi é 😀", "long": "" },
              "enabled": false,
              "default": { "experiment": { "key": "banner-2026-q4", "layer": "checkout", "slots": [0, 500000], "holdout": "q4", "by": "targetingKey", "salt": "s",
                                           "split": { "control": 50, "short": 25, "long": 25 }, "else": "control",
                                           "sticky": { "version": 2, "minimumVersion": 1 } } }
            },
            "maintenance": false,
            "plain": { "type": "boolean", "default": "on" },
            "limit": { "type": "integer", "variants": { "a": 1, "b": -9223372036854775808, "c": 1e2 }, "default": "a" },
            "ratio": { "type": "number", "variants": { "a": 7, "b": 0.1, "c": 1e-7 }, "default": "a" },
            "theme": { "type": "json", "variants": { "a": { "k": [ 1, null, { "z": "ü" } ] }, "b": 5 }, "default": "a" }
          },
          "assertions": [
            { "flag": "new-checkout", "context": { "targetingKey": "u-1", "age": 42, "score": 1.0, "tags": ["a", true], "address": { "country": "NL" }, "organization:": { "targetingKey": "o-1", "plan": "gold" } }, "variant": "on" },
            { "flag": "limit" }
          ]
        }
        """;
}
