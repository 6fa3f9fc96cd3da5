using System.Security.Claims;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>The options of the context of a Blazor circuit, or of a client in the browser.</summary>
public sealed class BlazorFeatureOptions
{
    private readonly Dictionary<string, Func<IServiceProvider, AttributeValue>> _attributes = new(StringComparer.Ordinal);

    /// <summary>The type of the claim that is the targeting key, such as an account's id; null, the default, for the claims of <see cref="EvaluationContext.FromPrincipal"/>.</summary>
    public string? KeyClaim { get; set; }

    /// <summary>Chooses the claims that become attributes; null, the default, for all that <see cref="EvaluationContext.FromPrincipal"/> takes.</summary>
    public Func<Claim, bool>? IncludeClaim { get; set; }

    /// <summary>
    /// Gives each visitor without a targeting key a random one, for as long as the page is open, so that rollouts and splits include them. False by default: anonymous
    /// visitors have only the key of the request that prerendered the page, if it had one.
    /// </summary>
    public bool IdentifyAnonymous { get; set; }

    /// <summary>The custom attributes by name.</summary>
    internal IReadOnlyDictionary<string, Func<IServiceProvider, AttributeValue>> Attributes => _attributes;

    /// <summary>
    /// Adds an attribute of the context. It is read when a rule first asks for it, and again after a change of the user and after <see cref="FeatureCircuit.Refresh"/>. It replaces a
    /// claim's attribute of the same name. One that throws counts as missing.
    /// </summary>
    /// <param name="name">The attribute's name; case-sensitive.</param>
    /// <param name="read">Reads the value from the circuit's services.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or was added before.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="read"/> is null.</exception>
    public BlazorFeatureOptions Add(string name, Func<IServiceProvider, AttributeValue> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(read);
        if (!_attributes.TryAdd(name, read))
            throw new ArgumentException($"Attribute '{name}' is added twice. Leave one of the two out.", nameof(name));
        return this;
    }
}
