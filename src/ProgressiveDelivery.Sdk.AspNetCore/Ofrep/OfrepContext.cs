using System.Collections.Frozen;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Makes the context of an evaluation from what the caller sends and what the server knows. Safe to use from any thread.</summary>
/// <param name="allowed">The parts that a caller may send; null for all.</param>
internal sealed class OfrepContext(IEnumerable<string>? allowed)
{
    private const string TargetingKeyName = "targetingKey";
    private const string HostKind = "host";

    private readonly FrozenSet<string>? _allowed = allowed?.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Returns the context of an evaluation.</summary>
    /// <param name="sent">The context that the caller sent.</param>
    /// <param name="known">The context of the request, which wins; null for none.</param>
    public EvaluationContext Of(EvaluationContext sent, EvaluationContext? known)
    {
        known ??= EvaluationContext.Empty;
        var attributes = sent.Attributes.Where(attribute => IsAllowed(attribute.Name)).Concat(known.Attributes.Where(static attribute => !attribute.Value.IsNull));
        var context = new EvaluationContext(
            known.TargetingKey ?? (IsAllowed(TargetingKeyName) ? sent.TargetingKey : null),
            attributes.Select(static attribute => KeyValuePair.Create(attribute.Name, attribute.Value)));
        foreach (var kind in sent.KindNames.Where(kind => kind != HostKind && IsAllowed(kind + ":")))
            context = context.WithKind(kind, sent.GetKind(kind)!);
        foreach (var kind in known.KindNames)
            context = context.WithKind(kind, known.GetKind(kind)!);
        string[] secret = [.. known.Attributes.Select(static attribute => attribute.Name).Append(TargetingKeyName).Where(known.IsPrivate)];
        return secret.Length == 0 ? context : context.WithPrivate(secret);
    }

    private bool IsAllowed(string name) => _allowed?.Contains(name) != false;
}
