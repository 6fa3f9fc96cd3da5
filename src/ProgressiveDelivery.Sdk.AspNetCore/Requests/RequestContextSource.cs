using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Reads the parts of requests' contexts, as the options of one client declare them. Safe to use from any thread.</summary>
/// <param name="options">The options.</param>
/// <param name="cookie">Reads and makes anonymous ids; null for none.</param>
/// <param name="faults">Logs faults.</param>
internal sealed class RequestContextSource(RequestOptions options, AnonymousIdCookie? cookie, RequestFaults faults)
{
    private const string TargetingKey = "the targeting key";
    private const int MaxNesting = 64;
    private const int MaxParts = 100_000;

    private readonly FrozenDictionary<string, Func<HttpContext, AttributeValue>> _attributes =
        options.AttributeDeclarations().ToFrozenDictionary(static declared => declared.Attribute, static declared => declared.Read, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Func<HttpContext, EvaluationContext?>> _kinds =
        options.KindDeclarations().ToFrozenDictionary(static declared => declared.Kind, static declared => declared.Read, StringComparer.Ordinal);

    private readonly FrozenSet<string> _private = options.Private.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of all kinds.</summary>
    public IEnumerable<string> Kinds => _kinds.Keys;

    /// <summary>Returns the user of a request; null if nothing has set one. <see cref="HttpContext.User"/> would make an empty one.</summary>
    public static ClaimsPrincipal? UserOf(HttpContext http) => http.Features.Get<IHttpAuthenticationFeature>()?.User;

    /// <summary>Returns whether an attribute must not leave the process.</summary>
    public bool IsPrivate(string name) => _private.Contains(name);

    /// <summary>Reads the targeting key.</summary>
    public string? ReadKey(HttpContext http)
    {
        if (SignedIn(http) is not { } user)
            return cookie?.Read(http);
        var key = EvaluationContext.ReadTargetingKey(user, options.TargetingKeyClaim);
        if (key is null || key.Length <= options.MaxValueLength)
            return key;
        faults.TooLong(TargetingKey);
        return null;
    }

    /// <summary>Reads an attribute: a declared one, or else a claim.</summary>
    public AttributeValue ReadAttribute(HttpContext http, string name)
    {
        if (_attributes.TryGetValue(name, out var read))
            return Bounded(name, Try(name, "attribute", read, http));
        return options.ReadClaims && SignedIn(http) is { } user
            ? Bounded(name, EvaluationContext.ReadAttribute(user, name, options.TargetingKeyClaim, options.Included))
            : default;
    }

    /// <summary>Makes the context of another kind.</summary>
    public EvaluationContext? ReadKind(HttpContext http, string kind)
    {
        if (!_kinds.TryGetValue(kind, out var read) || Try(kind, "kind", read, http) is not { } context)
            return null;
        if (IsWithinBounds(context.TargetingKey) && context.Attributes.All(attribute => IsWithinBounds(in attribute)))
            return context;
        faults.TooLong($"kind '{kind}'");
        return null;
    }

    /// <summary>Returns the names of all attributes of a request.</summary>
    public IEnumerable<string> NamesOf(HttpContext http) =>
        options.ReadClaims && SignedIn(http) is { } user
            ? EvaluationContext.FromPrincipal(user, options.TargetingKeyClaim, options.Included).Attributes.Select(static claim => claim.Name).Union(_attributes.Keys, StringComparer.Ordinal)
            : _attributes.Keys;

    private static ClaimsPrincipal? SignedIn(HttpContext http)
    {
        if (UserOf(http) is not { } user)
            return null;
        var identities = user.Identities as IReadOnlyList<ClaimsIdentity> ?? [.. user.Identities];     // a list in practice, and read without an enumerator on the heap
        for (var i = 0; i < identities.Count; i++)
        {
            if (identities[i].IsAuthenticated)
                return user;
        }

        return null;
    }

    private T? Try<T>(string name, string what, Func<HttpContext, T?> read, HttpContext http)
    {
        try
        {
            return read(http);
        }
        catch (Exception exception)     // An evaluation never throws: the part is missing then.
        {
            faults.Failed($"{what} '{name}'", exception);
            return default;
        }
    }

    private AttributeValue Bounded(string name, AttributeValue value)
    {
        if (IsWithinBounds(in value))
            return value;
        faults.TooLong($"attribute '{name}'");
        return default;
    }

    private bool IsWithinBounds(in ContextAttribute attribute) => IsWithinBounds(attribute.Value);

    private bool IsWithinBounds(in AttributeValue value)
    {
        var left = MaxParts;
        return IsWithinBounds(in value, MaxNesting, ref left);
    }

    // A value may hold one list at many places, so its parts are counted.
    private bool IsWithinBounds(in AttributeValue value, int levels, ref int left)
    {
        if (--left < 0 || levels < 0)
            return false;
        if (value.Kind is not (AttributeKind.List or AttributeKind.Object))
            return value.AsString() is not { } text || text.Length <= options.MaxValueLength;
        if (value.Items.Length > options.MaxValues || value.Members.Length > options.MaxValues)
            return false;
        foreach (ref readonly var item in value.Items)
        {
            if (!IsWithinBounds(in item, levels - 1, ref left))
                return false;
        }

        foreach (ref readonly var member in value.Members)
        {
            if (!IsWithinBounds(member.Value, levels - 1, ref left))
                return false;
        }

        return true;
    }
}
