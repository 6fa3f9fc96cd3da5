namespace ProgressiveDelivery.Sdk.FeatureManagement.Contexts;

/// <summary>The context of a question: one that is at hand, or one that is read when a rule asks for it, with the user and groups of an accessor before it.</summary>
internal sealed class Caller : IEquatable<Caller>
{
    private readonly EvaluationContext? _context;
    private readonly ContextReader? _reader;
    private readonly string? _key;
    private readonly string? _groupsName;
    private readonly AttributeValue _groups;

    /// <param name="context">The context.</param>
    public Caller(EvaluationContext context) => _context = context;

    /// <param name="reader">Reads the context.</param>
    public Caller(ContextReader reader) => (_reader, _key) = (reader, reader.TargetingKey);

    /// <param name="reader">Reads all attributes but the groups.</param>
    /// <param name="key">The targeting key.</param>
    /// <param name="groupsName">The name of the attribute with the groups.</param>
    /// <param name="groups">The groups.</param>
    public Caller(ContextReader reader, string? key, string groupsName, AttributeValue groups) =>
        (_reader, _key, _groupsName, _groups) = (reader, key, groupsName, groups);

    public static Caller Anonymous { get; } = new(EvaluationContext.Empty);

    public Evaluation<bool> Evaluate(IFeatureEvaluator features, FeatureFlag<bool> flag)
    {
        if (_context is not null)
            return features.Evaluate(flag, _context);
        var context = new StackContext(_key, _reader);
        if (_groupsName is not null)
            context.Set(_groupsName, _groups);
        return features.Evaluate(flag, in context);
    }

    /// <summary>Returns the whole context; one that is read lazily is read now.</summary>
    public EvaluationContext ToContext()
    {
        if (_context is not null)
            return _context;
        var whole = _reader!.ToContext();
        return _groupsName is null ? whole : WithUser(whole);
    }

    /// <summary>Returns whether a question for the other context would be the same one.</summary>
    public bool Equals(Caller? other) =>
        other is not null
        && ReferenceEquals(_reader, other._reader)
        && string.Equals(_key, other._key, StringComparison.Ordinal)
        && _groups.Equals(other._groups)
        && Equals(_context, other._context);

    public override bool Equals(object? obj) => Equals(obj as Caller);

    public override int GetHashCode() => HashCode.Combine(_context, _key);

    // A context's key cannot be replaced.
    private EvaluationContext WithUser(EvaluationContext whole)
    {
        var context = new EvaluationContext(_key, whole.Attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value))).With(_groupsName!, _groups);
        foreach (var kind in whole.KindNames)
            context = context.WithKind(kind, whole.GetKind(kind)!);
        string[] secret = [.. context.Attributes.Select(attribute => attribute.Name).Append("targetingKey").Where(whole.IsPrivate)];
        return secret.Length == 0 ? context : context.WithPrivate(secret);
    }
}
