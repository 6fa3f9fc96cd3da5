using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>One difference between the values of the two sides. Immutable.</summary>
/// <param name="Path">The place of the difference as a JSON pointer, such as <c>/address/city</c>; empty for the value as a whole.</param>
/// <param name="Old">The old side's value; null where it has none, or where values are left out.</param>
/// <param name="New">The new side's value; null where it has none, or where values are left out.</param>
public sealed record MigrationDifference(string Path, object? Old, object? New)
{
    /// <summary>
    /// Returns the differences between two values by their JSON, member by member: at most 64, in the order of the old value's members. Numbers are equal if their
    /// values are; lists are compared by position. <see cref="Old"/> and <see cref="New"/> are then <see cref="System.Text.Json.JsonElement"/>s.
    /// </summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="old">The old side's value.</param>
    /// <param name="new">The new side's value.</param>
    /// <param name="type">The type information to write them with, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    public static IReadOnlyList<MigrationDifference> Between<T>(T old, T @new, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return JsonDifferences.Between(old, @new, type);
    }

    /// <summary>This difference without its values.</summary>
    internal MigrationDifference Redacted() => this with { Old = null, New = null };
}
