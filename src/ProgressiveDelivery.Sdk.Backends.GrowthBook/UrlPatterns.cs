using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// The addresses that an experiment runs on: those that a pattern includes, or all if no pattern includes any, except those that a pattern excludes. A simple pattern has the parts of
/// an address and <c>*</c> for any text; parts that it does not name may be anything. Any other pattern is a regular expression on the address, or on the text after its host.
/// </summary>
/// <remarks>Parts are compared as they are written, where GrowthBook's own libraries decode them first.</remarks>
internal static class UrlPatterns
{
    private const string Origin = @"[a-z][a-z0-9+.\-]*:\/\/[^\/?#]*";

    /// <summary>Returns the condition, or null if the experiment runs everywhere.</summary>
    public static ConditionDefinition? Of(JsonElement experiment, GrowthBookContextMapping mapping)
    {
        var patterns = Json.Items(experiment, "urlPatterns");
        if (patterns.Length == 0)
            return null;
        var included = patterns.Where(IsIncluded).Select(pattern => Matches(pattern, mapping)).ToList();
        var excluded = patterns.Where(pattern => !IsIncluded(pattern)).Select(pattern => new NotCondition(Matches(pattern, mapping)));
        return new AllCondition([.. included.Count == 0 ? [] : (ConditionDefinition[])[new AnyCondition(included)], .. excluded]);
    }

    private static bool IsIncluded(JsonElement pattern) => BackendJson.Find(pattern, "include") is not { ValueKind: JsonValueKind.False };

    private static ConditionDefinition Matches(JsonElement pattern, GrowthBookContextMapping mapping)
    {
        var text = Json.Text(pattern, "pattern") ?? "";
        if (Json.Text(pattern, "type") == "simple")
            return Test(Simple(text), mapping, ignoreCase: true);
        return text.StartsWith('^') ? new AnyCondition([Test(text, mapping), Test($"^{Origin}{text[1..]}", mapping)]) : Test(text, mapping);
    }

    private static AttributeCondition Test(string pattern, GrowthBookContextMapping mapping, bool ignoreCase = false) =>
        new()
        {
            Attribute = mapping.SteeringOf("url"),
            Operator = AttributeOperator.Matches,
            Operand = pattern,
            IgnoreCase = ignoreCase,
            Missing = Judgment.False,
            Mismatch = Judgment.False,
            Dialect = new() { Patterns = PatternSyntax.EcmaScript },
        };

    private static string Simple(string pattern)
    {
        var rest = pattern.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? pattern[(scheme + 3)..] : HasHost(pattern) ? pattern : $"*/{pattern.TrimStart('/')}";
        var (place, hash) = Cut(rest, '#');
        (place, var query) = Cut(place, '?');
        var (host, path) = Cut(place, '/');
        var text = new StringBuilder(@"^[a-z][a-z0-9+.\-]*:\/\/").Append(Part(host, @"[^\/?#]*")).Append(@"\/?").Append(Part((path ?? "").Trim('/'), "[^?#]*")).Append(@"\/?(?=[?#]|$)");
        foreach (var (name, value) in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => Cut(parameter, '=')))
        {
            var (key, wanted) = (Part(name, "[^&#=]*"), Part(value ?? "", "[^&#]*"));
            var there = $@"(?=\?(?:[^#]*&)?{key}={wanted}(?:[&#]|$))";
            // A missing parameter counts as empty.
            text.Append(Regex.IsMatch("", $"^{wanted}$") ? $@"(?:{there}|(?!\?(?:[^#]*&)?{key}=))" : there);
        }

        if (hash is not null)
            text.Append("[^#]*#").Append(Part(hash, ".*")).Append('$');
        return text.ToString();
    }

    // A name with a dot, before any path, port or query.
    private static bool HasHost(string pattern) => pattern.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot && pattern.AsSpan(0, dot).IndexOfAny(":/?") < 0;

    private static string Part(string text, string any) => string.Join(any, text.Split('*').Select(piece => Regex.Escape(piece).Replace("/", "\\/", StringComparison.Ordinal)));

    /// <summary>Returns the text before and after a character. The latter is null if the character is not there.</summary>
    public static (string Before, string? After) Cut(string text, char at) => text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var place ? (text[..place], text[(place + 1)..]) : (text, null);
}
