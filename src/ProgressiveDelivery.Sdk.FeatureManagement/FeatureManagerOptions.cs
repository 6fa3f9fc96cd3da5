using System.Diagnostics.CodeAnalysis;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace ProgressiveDelivery.Sdk.FeatureManagement;

/// <summary>Options of serving the feature managers of Microsoft.FeatureManagement. Set them at registration; later changes have no effect.</summary>
public sealed class FeatureManagerOptions
{
    private readonly Dictionary<Type, Func<object, EvaluationContext?>> _mappings = [];
    private readonly List<Type> _order = [];
    private string _groups = "groups";

    /// <summary>The attribute that holds <see cref="ITargetingContext.Groups"/>, a list of texts; <c>groups</c> by default. The targeting key holds the user.</summary>
    /// <exception cref="ArgumentException">The name is null, empty or blank.</exception>
    public string GroupsAttribute
    {
        get => _groups;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(GroupsAttribute));
            _groups = value;
        }
    }

    /// <summary>
    /// Maps a context of the application's own, as given to <see cref="IVariantFeatureManager.IsEnabledAsync{TContext}"/>. A mapping of the object's very type comes before one of a
    /// base type or interface; among these, the first one counts. All of them come before the mapping of <see cref="ITargetingContext"/>.
    /// </summary>
    /// <typeparam name="TContext">The type of the context. Of two mappings of one type, the last one counts.</typeparam>
    /// <param name="map">Makes the context to evaluate. An exception passes to the caller of the manager; null stands for an anonymous caller.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="map"/> is null.</exception>
    public FeatureManagerOptions AddContext<TContext>(Func<TContext, EvaluationContext?> map)
        where TContext : notnull
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!_mappings.ContainsKey(typeof(TContext)))
            _order.Add(typeof(TContext));
        _mappings[typeof(TContext)] = context => map((TContext)context);
        return this;
    }

    /// <summary>Maps a context by the application's own mapping; false if there is none for it.</summary>
    internal bool TryMap(object context, [NotNullWhen(true)] out EvaluationContext? mapped)
    {
        mapped = null;
        if (_order.Count == 0)
            return false;
        if (!_mappings.TryGetValue(context.GetType(), out var map) && _order.Find(type => type.IsInstanceOfType(context)) is { } general)
            map = _mappings[general];
        if (map is null)
            return false;
        mapped = map(context) ?? EvaluationContext.Empty;
        return true;
    }
}
