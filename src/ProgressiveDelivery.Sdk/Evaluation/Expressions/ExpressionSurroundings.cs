namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>What a formula sees at the top level: the attributes, the targeting key, and what its definition adds or puts over them.</summary>
internal sealed class ExpressionSurroundings(string flagKey, string? name, AttributeValue given)
{
    private const string FlagKeyMember = "flagKey";
    private const string TimestampMember = "timestamp";

    public string FlagKey => flagKey;

    /// <summary>Whether a path that begins so may lead to the clock.</summary>
    public bool MayReadTime(ReadOnlySpan<string> path) =>
        name is not null && (path.IsEmpty || (path[0] == name && (path.Length == 1 || path[1] == TimestampMember)));

    /// <summary>The value at a path.</summary>
    public AttributeValue Find(in EvaluationInput input, ReadOnlySpan<string> path)
    {
        if (path[0] == name)
            return Surrounding(in input, path[1..]);
        ref readonly var start = ref AttributeList.Find(given.Members, path[0], sorted: true);
        if (!start.IsNull)
            return Descent.Find(in start, path[1..]);
        if (path[0] == EvaluationContext.TargetingKeyName && !input.Key.IsNull)
            return path.Length == 1 ? input.Key : default;
        return Descent.Find(in input.Attribute(path[0]), path[1..]);
    }

    /// <summary>All there is, as an object.</summary>
    public AttributeValue Whole(in EvaluationInput input)
    {
        var members = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var attribute in input.Attributes)
            members.Add(new(attribute.Name, attribute.Value));
        if (!input.Key.IsNull)
            members.Add(new(EvaluationContext.TargetingKeyName, input.Key));
        foreach (var member in given.Members)
            members.Add(new(member.Name, member.Value));
        if (name is not null)
            members.Add(new(name, Surrounding(in input, [])));
        return AttributeValue.Object(members);
    }

    private AttributeValue Surrounding(in EvaluationInput input, ReadOnlySpan<string> path) => path switch
    {
        [] => AttributeValue.Object([new(FlagKeyMember, flagKey), new(TimestampMember, Timestamp(in input))]),
        [FlagKeyMember] => flagKey,
        [TimestampMember] => Timestamp(in input),
        _ => default,
    };

    private static long Timestamp(in EvaluationInput input) => (input.NowTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
}
