namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The top-level scope of a formula: the attributes, the targeting key, and the members that its definition adds or overrides.</summary>
internal sealed class ExpressionSurroundings(string flagKey, string? name, AttributeValue given)
{
    private const string FlagKeyMember = "flagKey";
    // A member that is collected, sorted and kept.
    private const int SortedMember = 160;
    private const string TimestampMember = "timestamp";

    public string FlagKey => flagKey;

    /// <summary>Returns whether a path that starts with these tokens may lead to the clock.</summary>
    public bool MayReadTime(ReadOnlySpan<string> path) =>
        name is not null && (path.IsEmpty || (path[0] == name && (path.Length == 1 || path[1] == TimestampMember)));

    /// <summary>Returns the value at a path.</summary>
    public AttributeValue Find(in EvaluationInput input, ReadOnlySpan<string> path, ref FormulaCost cost)
    {
        if (path[0] == name)
            return Surrounding(in input, path[1..], ref cost);
        ref readonly var start = ref AttributeList.Find(given.Members, path[0], sorted: true);
        if (!start.IsNull)
            return Descent.Find(in start, path[1..]);
        if (path[0] == EvaluationContext.TargetingKeyName && !input.Key.IsNull)
            return path.Length == 1 ? input.Key : default;
        return Descent.Find(in input.Attribute(path[0]), path[1..]);
    }

    /// <summary>Returns the whole scope as an object.</summary>
    public AttributeValue Whole(in EvaluationInput input, ref FormulaCost cost)
    {
        var attributes = input.Attributes;
        long count = attributes.Length + given.Members.Length + 2;
        if (!cost.TryCharge(count) || !cost.TryAllocate(count * SortedMember))
            return default;
        var members = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var attribute in attributes)
            members.Add(new(attribute.Name, attribute.Value));
        if (!input.Key.IsNull)
            members.Add(new(EvaluationContext.TargetingKeyName, input.Key));
        foreach (var member in given.Members)
            members.Add(new(member.Name, member.Value));
        if (name is not null)
            members.Add(new(name, Surrounding(in input, [], ref cost)));
        return AttributeValue.Object(members);
    }

    private AttributeValue Surrounding(in EvaluationInput input, ReadOnlySpan<string> path, ref FormulaCost cost) => path switch
    {
        [] when !cost.TryAllocate(2 * SortedMember) => default,
        [] => AttributeValue.Object([new(FlagKeyMember, flagKey), new(TimestampMember, Timestamp(in input))]),
        [FlagKeyMember] => flagKey,
        [TimestampMember] => Timestamp(in input),
        _ => default,
    };

    private static long Timestamp(in EvaluationInput input) => (input.NowTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
}
