using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>A question that decides whether a request may pass. Immutable. As metadata, it marks a gate whose endpoint enforces it by itself.</summary>
internal sealed class FeatureGate : IFeatureGateMetadata
{
    private readonly FeatureFlag<bool> _flag;
    private readonly GateRefusal _refusal;

    public FeatureGate(FeatureFlag<bool> flag, string? variant = null, bool isNegated = false, GateResponse? response = null)
    {
        ArgumentNullException.ThrowIfNull(flag);
        if (variant is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(variant);
        _flag = flag;
        _refusal = new(flag.Key, variant, isNegated);
        Response = response;
    }

    public string Flag => _refusal.Flag;

    public string? Variant => _refusal.Variant;

    public bool IsNegated => _refusal.IsNegated;

    public GateResponse? Response { get; }

    /// <summary>Makes a gate of a flag that counts as off if it cannot be evaluated.</summary>
    public static FeatureGate Of(string flag, string? variant = null, bool isNegated = false, GateResponse? response = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(flag);
        return new(new(flag, fallback: false), variant, isNegated, response);
    }

    public static FeatureGate Of(IFeatureGateMetadata metadata) =>
        metadata as FeatureGate ?? Of(metadata.Flag, metadata.Variant, metadata.IsNegated, metadata.Response);

    /// <summary>Returns whether a request may pass.</summary>
    /// <exception cref="InvalidOperationException">The application does not serve requests.</exception>
    public bool IsOpen(HttpContext http)
    {
        var services = http.RequestServices;
        var binding = services.GetService<FeatureScopeBinding>() ?? throw GateServices.Missing($"The gate of flag '{Flag}'");
        var features = services.GetRequiredService<IFeatureClient>();
        return (ReferenceEquals(features, binding.Client) ? IsServed(features) : IsServed(features, binding)) != IsNegated;
    }

    /// <summary>Answers a request that may not pass.</summary>
    public Task RefuseAsync(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            GateServices.LogOf(http).ResponseHasStarted(Flag, http.Request.Path);
            return Task.CompletedTask;
        }

        http.LeaveOutFeatureOutcome();      // A refusal by 503 is no failure of a variant's code.
        var response = Response ?? http.RequestServices.GetRequiredService<IOptions<GateOptions>>().Value.Response;
        return response.WriteAsync(http, _refusal);
    }

    private bool IsServed(IFeatureClient features) => Variant is { } variant ? Equals(features.EvaluateUntyped(Flag).Variant, variant) : features.Get(_flag);

    // A fake or a decorator of the application's does not know the request.
    private bool IsServed(IFeatureClient features, FeatureScopeBinding binding)
    {
        var context = binding.Reader?.ToContext() ?? EvaluationContext.Empty;
        return Variant is { } variant ? Equals(features.EvaluateUntyped(Flag, context).Variant, variant) : features.IsEnabled(_flag, context);
    }

    private static bool Equals(string? served, string required) => string.Equals(served, required, StringComparison.Ordinal);
}
