using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// Lets requests pass only while a flag is on for them, or serves a variant: on a controller, an action, a page model, a hub, a gRPC service, or the handler of an endpoint. Several
/// attributes, also those of a base class, must all be satisfied. A page's handler methods are not endpoints of their own: put it on the page model.
/// </summary>
/// <remarks>
/// Evaluated after authentication and authorization, and before model binding. A flag that cannot be evaluated counts as off.
/// </remarks>
/// <example>
/// <code>
/// [RequireFeature("new-checkout")]
/// public class CheckoutController : Controller …
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireFeatureAttribute : Attribute, IFeatureGateMetadata, IAsyncResourceFilter, IOrderedFilter
{
    private string? _variant;
    private string? _redirectTo;
    private int _statusCode;

    /// <summary>Requires that a flag is on.</summary>
    /// <param name="flag">The flag's key; case-sensitive.</param>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is null, empty or blank.</exception>
    public RequireFeatureAttribute(string flag)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(flag);
        Flag = flag;
    }

    /// <inheritdoc/>
    public string Flag { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is empty or blank.</exception>
    public string? Variant
    {
        get => _variant;
        set
        {
            if (value is not null)
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Variant));
            _variant = value;
        }
    }

    /// <summary>True to require the opposite: the flag off, or another variant. False by default.</summary>
    public bool IsNegated { get; set; }

    /// <summary>The status of a refused request, from 400 to 599; 0, the default, for the response of <see cref="GateOptions"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 400 to 599.</exception>
    public int StatusCode
    {
        get => _statusCode;
        set
        {
            Response = GateResponse.Status(value);
            _statusCode = value;
        }
    }

    /// <summary>The address of this site to which a refused request is redirected, as in <see cref="GateResponse.RedirectTo"/>. Of this and <see cref="StatusCode"/> the last one counts.</summary>
    /// <exception cref="ArgumentException">The value is empty, relative or leads to another site.</exception>
    public string? RedirectTo
    {
        get => _redirectTo;
        set
        {
            Response = GateResponse.RedirectTo(value!);
            _redirectTo = value;
        }
    }

    /// <inheritdoc/>
    public GateResponse? Response { get; private set; }

    int IOrderedFilter.Order => int.MinValue;

    // Endpoints that routing selects enforce their gates. This is for actions that MVC finds by itself: dynamic routes, and those without endpoints.
    Task IAsyncResourceFilter.OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (GatedDelegate.IsEnforcedBy(context.HttpContext.GetEndpoint(), this))
            return next();
        var gate = FeatureGate.Of(this);
        if (gate.IsOpen(context.HttpContext))
            return next();
        context.Result = new RefusedResult(gate);
        return Task.CompletedTask;
    }
}
