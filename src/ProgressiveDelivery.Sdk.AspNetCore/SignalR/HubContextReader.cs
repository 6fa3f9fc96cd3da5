using System.Security.Claims;

namespace ProgressiveDelivery.Sdk.AspNetCore.SignalR;

/// <summary>Reads the context of a hub's caller off the claims of the connection's user. Holds no request: that of a connection ends before its last invocation may.</summary>
/// <param name="user">The user; null for an anonymous connection.</param>
internal sealed class HubContextReader(ClaimsPrincipal? user) : ContextReader
{
    private EvaluationContext? _context;

    protected override IEnumerable<string> AttributeNames => Context.Attributes.Select(attribute => attribute.Name);

    private EvaluationContext Context => _context ??= user is null ? EvaluationContext.Empty : EvaluationContext.FromPrincipal(user);

    protected override string? ReadKey() => Context.TargetingKey;

    protected override AttributeValue ReadAttribute(string name) => Context[name];
}
