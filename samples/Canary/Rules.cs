using System.Globalization;

namespace Canary;

/// <summary>The rules that the team publishes, as a file.</summary>
internal static class Rules
{
    /// <summary>Publishes a version: the new checkout for 5 %, then 25 %, then everybody, each step through a gate.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">The version.</param>
    /// <param name="attempt">The number of the attempt to roll it out: a new one ends what guards decided before.</param>
    /// <param name="pause">The time from one step to the next.</param>
    public static async Task PublishAsync(string path, long version, long attempt, TimeSpan pause)
    {
        var begin = DateTimeOffset.UtcNow;
        var document = $$"""
            {
              "schema": "progressive-delivery/1",
              "version": {{version}},
              "flags": {
                "new-checkout": {
                  "type": "boolean",
                  "attempt": {{attempt}},
                  "default": { "rollout": { "to": "on", "steps": [
                    { "at": "{{At(begin)}}", "percent": 5 },
                    { "at": "{{At(begin + pause)}}", "percent": 25, "gate": { "outcomes": 40 } },
                    { "at": "{{At(begin + (2 * pause))}}", "percent": 100, "gate": { "outcomes": 200 } } ] },
                    "else": "off" },
                  "guards": [ { "id": "errors", "kind": "error", "variant": "on", "limit": 0.02, "then": "off" } ]
                }
              }
            }
            """;
        var written = path + ".new";
        await File.WriteAllTextAsync(written, document);
        File.Move(written, path, overwrite: true);
    }

    private static string At(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
