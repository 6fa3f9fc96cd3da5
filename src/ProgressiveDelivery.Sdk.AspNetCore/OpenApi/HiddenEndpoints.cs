using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.Primitives;

namespace ProgressiveDelivery.Sdk.AspNetCore.OpenApi;

/// <summary>
/// Leaves endpoints out of the API explorer, and so out of documents of all makers, while a flag is off for everyone. The explorer keeps its descriptions until the actions change: a change
/// of the rules that shows or hides an endpoint is reported as one.
/// </summary>
internal sealed class HiddenEndpoints(IFeatureClient features) : IApiDescriptionProvider, IActionDescriptorChangeProvider, IDisposable
{
    private readonly object _gate = new();
    private Dictionary<EndpointCondition, bool> _described = [];
    private CancellationTokenSource _changed = new();
    private IDisposable? _subscription;
    private bool _isDisposed;

    // After the providers that describe endpoints, and those that add versions to them.
    public int Order => int.MaxValue;

    public IChangeToken GetChangeToken()
    {
        lock (_gate)
            return new CancellationChangeToken(_changed.Token);
    }

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Subscribe();
        var flags = FlagsInForce();
        var described = new Dictionary<EndpointCondition, bool>();
        for (var i = context.Results.Count - 1; i >= 0; i--)
        {
            if (IsHidden(context.Results[i], flags, described))
                context.Results.RemoveAt(i);
        }

        lock (_gate)
            _described = described;
        ReportDifferences();        // The rules may have changed since they were read above.
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _subscription?.Dispose();
            _changed.Dispose();
        }
    }

    private static bool IsHidden(ApiDescription description, Dictionary<string, FlagInfo> flags, Dictionary<EndpointCondition, bool> described)
    {
        var isHidden = false;
        foreach (var condition in EndpointCondition.In(description.ActionDescriptor.EndpointMetadata ?? []))
            isHidden |= described[condition] = condition.IsOffForAll(flags);
        return isHidden;
    }

    private Dictionary<string, FlagInfo> FlagsInForce()
    {
        var flags = new Dictionary<string, FlagInfo>(StringComparer.Ordinal);
        foreach (var flag in features.GetSnapshot().Flags)
            flags[flag.Key] = flag;
        return flags;
    }

    // Only an application that describes its endpoints listens.
    private void Subscribe()
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _subscription ??= features.OnChange(_ => ReportDifferences());
        }
    }

    private void ReportDifferences()
    {
        CancellationTokenSource changed;
        lock (_gate)
        {
            if (_isDisposed || _described.Count == 0 || !HasDifferences())
                return;
            _described = [];        // Described anew when it is asked for.
            (changed, _changed) = (_changed, new());
        }

        changed.Cancel();
        changed.Dispose();
    }

    private bool HasDifferences()
    {
        var flags = FlagsInForce();
        return _described.Any(known => known.Key.IsOffForAll(flags) != known.Value);
    }
}
