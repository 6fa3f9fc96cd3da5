namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>Callers who are asked about: with all that documents usually ask for, with another kind, and with nothing.</summary>
internal static class SomeCallers
{
    public static IReadOnlyList<EvaluationContext> All { get; } =
    [
        new EvaluationContext("user-1")
        {
            ["id"] = "user-1",
            ["userId"] = "user-1",
            ["sessionId"] = "session-1",
            ["remoteAddress"] = "10.1.2.3",
            ["environment"] = "default",
            ["appName"] = "web",
            ["Email"] = "ada@example.com",
            ["Country"] = "DE",
            ["email"] = "ada@example.com",
            ["country"] = "DE",
            ["age"] = 42,
            ["version"] = "4.2.0",
            ["groups"] = new[] { "Group1", "beta" },
            ["company"] = "Acme",
        },
        new EvaluationContext("user-2") { ["age"] = 17.5, ["country"] = "", ["tags"] = new[] { "a", "b" } }.WithKind("org", new("org-1") { ["plan"] = "gold" }),
        EvaluationContext.Empty,
    ];
}
