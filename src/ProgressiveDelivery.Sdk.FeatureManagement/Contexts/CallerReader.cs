using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement.FeatureFilters;
using ProgressiveDelivery.Sdk.FeatureManagement.Managers;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Contexts;

/// <summary>Maps the contexts of Microsoft's managers, and finds the one of a question that brings none.</summary>
/// <param name="served">The client and its options.</param>
/// <param name="services">The services of the manager.</param>
internal sealed class CallerReader(ServedClient served, IServiceProvider services)
{
    private readonly ITargetingContextAccessor? _accessor = services.GetService<ITargetingContextAccessor>();
    private readonly FeatureScopeBinding? _binding = served.BindingOf(services);

    /// <summary>
    /// Returns the context of a question that brings none: user and groups of the application's accessor if it has one, all else of the scope; anonymous without either.
    /// </summary>
    public async ValueTask<Caller> AmbientAsync()
    {
        var targeting = _accessor is null ? null : await ReadAsync(_accessor).ConfigureAwait(false);
        var reader = _binding?.Reader;
        if (targeting is null)
            return reader is null ? Caller.Anonymous : new(reader);
        return reader is null ? new(Map(targeting)) : new(reader, KeyOf(targeting), served.Options.GroupsAttribute, GroupsOf(targeting));
    }

    /// <summary>Returns the context of a question that brings one.</summary>
    public ValueTask<Caller> OfAsync(object context)
    {
        if (context is EvaluationContext own)
            return new(new Caller(own));
        if (served.Options.TryMap(context, out var mapped))
            return new(new Caller(mapped));
        if (context is ITargetingContext targeting)
            return new(new Caller(Map(targeting)));
        if (served.IsNews(context.GetType()))
            served.Logger.UnknownContext(context.GetType());
        return AmbientAsync();
    }

    private EvaluationContext Map(ITargetingContext targeting)
    {
        var context = new EvaluationContext(KeyOf(targeting));
        return targeting.Groups is null ? context : context.With(served.Options.GroupsAttribute, GroupsOf(targeting));
    }

    // No user is an anonymous one: the empty text would be a unit like any other, and place all anonymous users together.
    private static string? KeyOf(ITargetingContext targeting) => string.IsNullOrEmpty(targeting.UserId) ? null : targeting.UserId;

    private static AttributeValue GroupsOf(ITargetingContext targeting) =>
        AttributeValue.List([.. (targeting.Groups ?? []).Where(group => group is not null).Select(group => (AttributeValue)group)]);

    private async ValueTask<TargetingContext?> ReadAsync(ITargetingContextAccessor accessor)
    {
        try
        {
            return await accessor.GetContextAsync().ConfigureAwait(false);
        }
        catch (Exception fault)     // Microsoft's own accessor fails outside of requests, where its manager would not have called it for a flag without targeting.
        {
            if (served.IsNews((accessor.GetType(), fault.GetType())))
                served.Logger.AccessorFailed(accessor.GetType(), fault);
            return null;
        }
    }
}
