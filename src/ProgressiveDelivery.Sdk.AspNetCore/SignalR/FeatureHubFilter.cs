using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.SignalR;

/// <summary>Makes each invocation of a hub's method, and each begin and end of a connection, a unit of work with the context of the connection's user.</summary>
/// <param name="options">The options.</param>
internal sealed class FeatureHubFilter(IOptions<FeatureHubOptions> options) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        var binding = invocationContext.ServiceProvider.GetRequiredService<FeatureScopeBinding>();
        var reader = ReaderOf(invocationContext.Context);
        // A stream is read after the method has returned, and may last: it follows the rules, and keeps the context.
        var isStream = HubStreams.IsStream(invocationContext.HubMethod.ReturnType);
        if (isStream)
            binding.Follow(reader);
        else
            binding.Begin(reader);
        try
        {
            return await next(invocationContext).ConfigureAwait(false);
        }
        finally
        {
            if (!isStream)
                binding.End();
        }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        return RunAsync(context, () => next(context));
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        return RunAsync(context, () => next(context, exception));
    }

    private async Task RunAsync(HubLifetimeContext context, Func<Task> next)
    {
        var binding = context.ServiceProvider.GetRequiredService<FeatureScopeBinding>();
        binding.Begin(ReaderOf(context.Context));
        try
        {
            await next().ConfigureAwait(false);
        }
        finally
        {
            binding.End();
        }
    }

    private ContextReader ReaderOf(HubCallerContext caller) => options.Value.ReadContext?.Invoke(caller) ?? new HubContextReader(caller.User);
}
