namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// Which parts of an <see cref="EvaluationContext"/> stand for Unleash's context. References are written as in rules: <c>name</c>, <c>/pointer</c>,
/// <c>kind:name</c>. Every property is the context's attribute of the same name.
/// </summary>
public sealed record UnleashContextMapping
{
    /// <summary><c>userId</c>; the targeting key by default.</summary>
    public string UserId { get; init; } = "targetingKey";

    /// <summary><c>sessionId</c>; the attribute of that name by default.</summary>
    public string SessionId { get; init; } = "sessionId";

    /// <summary><c>remoteAddress</c>; the attribute of that name by default.</summary>
    public string RemoteAddress { get; init; } = "remoteAddress";

    /// <summary><c>environment</c>; the attribute of that name by default. Nothing fills it in.</summary>
    public string Environment { get; init; } = "environment";

    /// <summary><c>appName</c>; the attribute of that name by default. Nothing fills it in.</summary>
    public string AppName { get; init; } = "appName";

    /// <summary><c>currentTime</c>, which stands for now where it is there; the attribute of that name by default.</summary>
    public string CurrentTime { get; init; } = "currentTime";

    /// <summary>The reference that stands for a field or a property.</summary>
    internal string ReferenceOf(string name) => name switch
    {
        "userId" => UserId,
        "sessionId" => SessionId,
        "remoteAddress" => RemoteAddress,
        "environment" => Environment,
        "appName" => AppName,
        "currentTime" => CurrentTime,
        _ => Literal(name),
    };

    // A name, whatever characters it has.
    private static string Literal(string name) =>
        name.AsSpan().ContainsAny(':', '/') || name.Length == 0
            ? "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : name;
}
