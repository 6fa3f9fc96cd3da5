using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>Somebody whom libraries are asked about: what a vendor's is given, and what ours is given.</summary>
internal sealed record PeerContext(string Key, JsonObject Attributes, string? Org)
{
    private static readonly string[] Countries = ["DE", "AT", "CH", "FR", ""];

    /// <summary>So many different ones, some without an age, some with a text for one, some with an organization.</summary>
    public static IReadOnlyList<PeerContext> Some(int count) => [.. Enumerable.Range(0, count).Select(Make)];

    /// <summary>Those without a key, or with a unit that counts as none.</summary>
    public static IReadOnlyList<PeerContext> Odd { get; } =
    [
        new("", [], null),
        new("", new JsonObject { ["country"] = "DE", ["email"] = "ada@example.com" }, null),
        new("", [], "org-1"),
        new("user-odd", new JsonObject { ["id"] = 0 }, null),
        new("user-odd", new JsonObject { ["id"] = false }, null),
        new("user-odd", new JsonObject { ["id"] = "" }, null),
        new("user-odd", new JsonObject { ["id"] = 7.0, ["age"] = 42.0, ["company"] = 0 }, "org-1"),
    ];

    public JsonObject Json()
    {
        var json = new JsonObject { ["key"] = Key, ["attributes"] = Attributes.DeepClone() };
        if (Org is not null)
            json["org"] = Org;
        return json;
    }

    public EvaluationContext Ours()
    {
        var context = new EvaluationContext(Key);
        foreach (var (name, value) in Attributes)
            context = context.With(name, BackendDocument.ValueOf(JsonSerializer.SerializeToElement(value)));
        return Org is null ? context : context.WithKind("org", new EvaluationContext(Org));
    }

    private static PeerContext Make(int i)
    {
        var attributes = new JsonObject
        {
            ["country"] = Countries[i % Countries.Length],
            ["email"] = $"user-{i}@example.{(i % 5 == 0 ? "org" : "com")}",
            ["version"] = $"1.{i % 13}.{i % 3}{(i % 7 == 0 ? "-rc.1" : "")}",
            ["company"] = $"company-{i % 60}",
            ["born"] = $"{1990 + (i % 25)}-05-01T00:00:00Z",
            ["since"] = 700_000_000L + (i * 600_000L),
        };
        if (i % 4 != 0)
            attributes["age"] = i % 60;
        else if (i % 8 == 0)
            attributes["age"] = $"{i % 60}";
        if (i % 3 != 0)
            attributes["tags"] = new JsonArray([.. "abc".Where((_, place) => ((i >> place) & 1) == 1).Select(tag => (JsonNode)tag.ToString())]);
        if (i % 6 == 0)
            attributes["account"] = new JsonObject { ["seats"] = 3, ["plan"] = i % 12 == 0 ? "pro" : "team" };
        return new($"user-{i}", attributes, i % 9 == 0 ? $"org-{i % 7}" : null);
    }
}
