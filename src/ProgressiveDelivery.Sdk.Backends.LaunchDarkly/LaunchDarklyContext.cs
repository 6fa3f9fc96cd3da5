using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// A context in LaunchDarkly's JSON: of one kind, of several (<c>multi</c>), or a user in the older form without kinds. For migration, and for
/// anything else that LaunchDarkly's services receive about a context. Immutable and safe to use from any thread.
/// </summary>
public sealed class LaunchDarklyContext
{
    private const string Multi = "multi";
    private const string User = "user";

    private readonly SortedDictionary<string, JsonObject> _kinds;

    private LaunchDarklyContext(SortedDictionary<string, JsonObject> kinds) => _kinds = kinds;

    /// <summary>The key with its kind, or the keys of all kinds if there are several. LaunchDarkly identifies contexts by it.</summary>
    public string FullyQualifiedKey => _kinds.Count == 1 && _kinds.TryGetValue(User, out var user)
        ? KeyOf(user)
        : string.Join(':', _kinds.Select(kind => $"{kind.Key}:{KeyOf(kind.Value).Replace("%", "%25", StringComparison.Ordinal).Replace(":", "%3A", StringComparison.Ordinal)}"));

    /// <summary>Reads a context.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="context">The context; null if the text is not one.</param>
    /// <param name="fault">The fault; null if the text is a context.</param>
    public static bool TryParse(string json, [NotNullWhen(true)] out LaunchDarklyContext? context, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(json);
        context = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            fault = new ContextReader().Read(document.RootElement, out var kinds);
            if (fault is null)
                context = new(kinds);
        }
        catch (JsonException exception)
        {
            fault = FormattableString.Invariant($"The context is no JSON, from line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1} on. Correct it there.");
        }

        return (context is null) == (fault is not null) && context is not null;
    }

    /// <summary>Returns the context as JSON. Null attributes are left out, and a user in the older form becomes one of kind <c>user</c>.</summary>
    public string ToJson()
    {
        if (_kinds.Count == 1)
            return WithKind(_kinds.First()).ToJsonString();
        var multi = new JsonObject { ["kind"] = Multi };
        foreach (var (kind, members) in _kinds)
            multi[kind] = members.DeepClone();
        return multi.ToJsonString();
    }

    /// <summary>Returns the context to evaluate with.</summary>
    /// <param name="mapping">The mapping, which names the main context's kind; null for the defaults.</param>
    public EvaluationContext ToEvaluationContext(LaunchDarklyContextMapping? mapping = null)
    {
        var main = (mapping ?? new()).MainKind;
        var context = _kinds.TryGetValue(main, out var members) ? ContextOf(members) : EvaluationContext.Empty;
        foreach (var (kind, others) in _kinds)
        {
            if (kind != main)
                context = context.WithKind(kind, ContextOf(others));
        }

        return context;
    }

    /// <summary>Returns the hash that authorizes a browser to request the context: HMAC-SHA-256 of <see cref="FullyQualifiedKey"/>, in lower-case hexadecimal digits.</summary>
    /// <param name="sdkKey">The server-side SDK key.</param>
    public string SecureModeHash(string sdkKey)
    {
        ArgumentNullException.ThrowIfNull(sdkKey);
        return Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sdkKey), Encoding.UTF8.GetBytes(FullyQualifiedKey)));
    }

    /// <summary>Returns the hash of a context's key in stores of unbounded segments: SHA-256, in Base64.</summary>
    public static string BigSegmentHash(string contextKey)
    {
        ArgumentNullException.ThrowIfNull(contextKey);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(contextKey)));
    }

    private static JsonObject WithKind(KeyValuePair<string, JsonObject> kind)
    {
        var single = new JsonObject { ["kind"] = kind.Key };
        foreach (var (name, value) in kind.Value)
            single[name] = value?.DeepClone();
        return single;
    }

    private static string KeyOf(JsonObject members) => members["key"]!.GetValue<string>();

    private static EvaluationContext ContextOf(JsonObject members)
    {
        var attributes = members
            .Where(member => member.Key is not ("key" or "_meta"))
            .Select(member => new KeyValuePair<string, AttributeValue>(member.Key, Value(member.Value)));
        var context = new EvaluationContext(KeyOf(members), attributes);
        // A private part of an attribute makes the whole attribute private.
        return members["_meta"]?["privateAttributes"] is JsonArray names
            ? context.WithPrivate([.. names.Select(name => NameOf(name!.GetValue<string>()))])
            : context;
    }

    private static string NameOf(string reference) => reference.StartsWith('/')
        ? reference[1..].Split('/')[0].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
        : reference;

    private static AttributeValue Value(JsonNode? node) => node switch
    {
        JsonArray list => AttributeValue.List([.. list.Select(Value)]),
        JsonObject members => AttributeValue.Object(members.Select(member => new KeyValuePair<string, AttributeValue>(member.Key, Value(member.Value)))),
        JsonValue value when value.TryGetValue<bool>(out var boolean) => boolean,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        _ => default,
    };

    private static string Hex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();
}
