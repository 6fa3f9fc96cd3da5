namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Changes a copy of a context, one reference after the other. Not thread safe.</summary>
internal sealed class ContextBuilder
{
    private readonly SortedDictionary<string, AttributeValue> _attributes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ContextBuilder> _kinds = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _private = new(StringComparer.Ordinal);

    /// <param name="start">The context to begin with.</param>
    public ContextBuilder(EvaluationContext start)
    {
        Key = start.TargetingKey;
        foreach (var attribute in start.Attributes)
            _attributes[attribute.Name] = attribute.Value;
        _private.UnionWith(start.Attributes.Select(attribute => attribute.Name).Append(ContextReference.TargetingKey).Where(start.IsPrivate));
        foreach (var kind in start.KindNames)
            _kinds[kind] = new(start.GetKind(kind)!);
    }

    public string? Key { get; set; }

    /// <summary>Sets what a reference names; null removes it.</summary>
    public void Set(ContextReference reference, AttributeValue value)
    {
        if (reference.Kind is { Length: > 0 } kind)
        {
            if (!_kinds.TryGetValue(kind, out var other))
            {
                if (value.IsNull)
                    return;
                _kinds[kind] = other = new(EvaluationContext.Empty);
            }

            other.Set(reference with { Kind = null }, value);
        }
        else if (reference.IsKey)
        {
            Key = value.AsString() ?? (value.IsNull ? null : value.ToString());
        }
        else if (Changed(_attributes.GetValueOrDefault(reference.Name), reference.Path, 0, value) is { IsNull: false } changed)
        {
            _attributes[reference.Name] = changed;
        }
        else
        {
            _attributes.Remove(reference.Name);
        }
    }

    /// <summary>Makes the context.</summary>
    public EvaluationContext Build()
    {
        var context = new EvaluationContext(Key, _attributes);
        foreach (var (kind, other) in _kinds)
            context = context.WithKind(kind, other.Build());
        return _private.Count > 0 ? context.WithPrivate([.. _private.Where(name => !name.StartsWith('/'))]) : context;
    }

    private static AttributeValue Changed(AttributeValue old, IReadOnlyList<string> path, int depth, AttributeValue value)
    {
        if (depth == path.Count)
            return value;
        if (old.Kind == AttributeKind.List)
            return ChangedItem(old, path, depth, value);
        var members = new SortedDictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var member in old.Members)
            members[member.Name] = member.Value;
        var changed = Changed(members.GetValueOrDefault(path[depth]), path, depth + 1, value);
        if (changed.IsNull)
            members.Remove(path[depth]);
        else
            members[path[depth]] = changed;
        return members.Count == 0 && old.Kind != AttributeKind.Object ? default : AttributeValue.Object(members);
    }

    // A place that the list does not have stays away: a field cannot make a list longer.
    private static AttributeValue ChangedItem(AttributeValue list, IReadOnlyList<string> path, int depth, AttributeValue value)
    {
        var items = list.Items.ToArray();
        if (int.TryParse(path[depth], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place) && place < items.Length)
            items[place] = Changed(items[place], path, depth + 1, value);
        return AttributeValue.List(items);
    }
}
