using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk;

/// <summary>A named value of an <see cref="EvaluationContext"/>.</summary>
public readonly struct ContextAttribute : IEquatable<ContextAttribute>
{
    private readonly AttributeValue _value;

    /// <summary>Names a value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public ContextAttribute(string name, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _value = value;
    }

    /// <summary>The name, case-sensitive.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    public AttributeValue Value => _value;

    /// <summary>The value where it is: looking at it in place is cheaper than copying it.</summary>
    [UnscopedRef]
    internal ref readonly AttributeValue ValueReference => ref _value;

    /// <inheritdoc/>
    public bool Equals(ContextAttribute other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContextAttribute other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(string.GetHashCode(Name, StringComparison.Ordinal), Value);

    /// <summary>Equality by name and value.</summary>
    public static bool operator ==(ContextAttribute left, ContextAttribute right) => left.Equals(right);

    /// <summary>Inequality by name and value.</summary>
    public static bool operator !=(ContextAttribute left, ContextAttribute right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Value}";
}
