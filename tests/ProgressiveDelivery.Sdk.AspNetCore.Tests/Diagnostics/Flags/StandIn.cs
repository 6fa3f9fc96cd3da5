using System.Reflection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

/// <summary>Stands before an object: a test answers some of its members, the object all others.</summary>
public class StandIn : DispatchProxy
{
    private object _behind = null!;
    private Dictionary<string, Func<object?>> _answers = null!;

    public static T Before<T>(T behind, params (string Member, Func<object?> Answer)[] answers)
        where T : class
    {
        var proxy = Create<T, StandIn>();
        ((StandIn)(object)proxy)._behind = behind;
        ((StandIn)(object)proxy)._answers = answers.ToDictionary(static answer => "get_" + answer.Member, static answer => answer.Answer);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answers.TryGetValue(targetMethod!.Name, out var answer) ? answer() : targetMethod.Invoke(_behind, args);
}
