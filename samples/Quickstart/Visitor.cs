using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>Somebody who visits the shop, and what the shop knows of them.</summary>
internal sealed record Visitor(string Name, string Country, EvaluationContext Context)
{
    public static readonly Visitor Ada = Known("ada", "NL", appVersion: "4.3.1", email: "ada@acme.example");
    public static readonly Visitor Bob = Known("bob", "BE", appVersion: "4.1.0", email: "bob@mail.example");
    public static readonly Visitor Chloe = Known("chloe", "DE", appVersion: "4.2.0", email: "chloe@mail.example");
    public static readonly Visitor Nobody = new("(anonymous)", "US", new EvaluationContext { ["country"] = "US" });

    public static readonly IReadOnlyList<Visitor> Few = [Ada, Bob, Chloe, Nobody];

    /// <summary>Ten thousand of whom only the key is known.</summary>
    public static readonly IReadOnlyList<EvaluationContext> Many = [.. Enumerable.Range(1, 10_000).Select(number => new EvaluationContext($"user-{number}"))];

    // Rules may test the address, but it appears in no log and no explanation.
    private static Visitor Known(string name, string country, string appVersion, string email) =>
        new(name, country, new EvaluationContext(name) { ["country"] = country, ["appVersion"] = appVersion, ["email"] = email }.WithPrivate("email"));
}
