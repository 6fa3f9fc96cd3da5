using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The result of a method, or the reason why there is none. No number in it is ever NaN. Immutable.</summary>
/// <typeparam name="T">The numbers.</typeparam>
public readonly record struct StatisticalResult<T>
    where T : class
{
    private StatisticalResult(StatisticalStatus status, string? reason, T? value) => (Status, Reason, Value) = (status, reason, value);

    /// <summary>The status.</summary>
    public StatisticalStatus Status { get; }

    /// <summary>The code of the reason, such as <c>zero-variance</c>; see <see cref="StatisticalReasons"/>. Null if there is none.</summary>
    public string? Reason { get; }

    /// <summary>The numbers; null unless the status is <see cref="StatisticalStatus.Ok"/>.</summary>
    public T? Value { get; }

    /// <summary>Indicates whether there are numbers.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Status == StatisticalStatus.Ok;

    /// <summary>Returns a result with numbers.</summary>
    /// <param name="value">The numbers.</param>
    /// <param name="reason">A remark on them; usually null.</param>
    internal static StatisticalResult<T> Ok(T value, string? reason = null) => new(StatisticalStatus.Ok, reason, value);

    /// <summary>Returns a result that lacks data.</summary>
    /// <param name="reason">The code of the reason.</param>
    internal static StatisticalResult<T> Insufficient(string reason) => new(StatisticalStatus.Insufficient, reason, null);

    /// <summary>Returns a result that more data does not bring.</summary>
    /// <param name="reason">The code of the reason.</param>
    internal static StatisticalResult<T> Refused(string reason) => new(StatisticalStatus.Refused, reason, null);
}
