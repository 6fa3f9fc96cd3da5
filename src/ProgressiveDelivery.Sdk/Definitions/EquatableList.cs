using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A read-only list that equals a list with equal items in the same order.</summary>
internal sealed class EquatableList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>The list without items.</summary>
    public static new EquatableList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is EquatableList<T> other && this.SequenceEqual(other));

    // The length alone: items may be nested deep.
    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}

/// <summary>Makes lists that compare by content.</summary>
internal static class EquatableList
{
    /// <summary>Returns a list that compares by content, without a copy where possible.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? items) => items switch
    {
        null or EquatableList<T> => items,
        T[] { Length: 0 } => EquatableList<T>.Empty,
        IList<T> list => new EquatableList<T>(list),
        _ => new EquatableList<T>([.. items]),
    };
}
