using System.Globalization;
using System.Security.Claims;

namespace ProgressiveDelivery.Sdk;

/// <summary>Reads a context off the claims of a principal.</summary>
internal static class PrincipalContext
{
    private const string Roles = "roles";
    private const string Groups = "groups";

    private static readonly string[] Keys = [ClaimTypes.NameIdentifier, "sub", "http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];

    // About the token and the session, not about the person; they differ from one sign-in to the next.
    private static readonly HashSet<string> OfTheToken = new(StringComparer.Ordinal)
    {
        "acr", "aio", "amr", "at_hash", "aud", "auth_time", "azp", "c_hash", "exp", "iat", "iss", "jti", "nbf", "nonce", "rh", "s_hash", "sid", "uti", "ver",
        "authenticationinstant", "authenticationmethod", "authnclassreference", "authnmethodsreferences", "expiration", "SecurityStamp",
    };

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [ClaimTypes.Email] = "email",
        [ClaimTypes.Name] = "name",
        [ClaimTypes.GivenName] = "given_name",
        [ClaimTypes.Surname] = "family_name",
        [ClaimTypes.DateOfBirth] = "birthdate",
        [ClaimTypes.MobilePhone] = "phone_number",
        [ClaimTypes.Webpage] = "website",
        [ClaimTypes.Role] = Roles,
        ["role"] = Roles,
    };

    public static EvaluationContext Of(ClaimsPrincipal principal, string? keyClaim, Func<Claim, bool>? include)
    {
        var claims = ClaimsOf(principal).ToList();
        if (claims.Count == 0)
            return EvaluationContext.Empty;
        var attributes = claims
            .Where(claim => IsAttribute(claim, keyClaim) && include?.Invoke(claim) != false)
            .GroupBy(NameOf, StringComparer.Ordinal)
            .Where(named => named.Key.Length > 0 && !OfTheToken.Contains(named.Key))
            .Select(named => KeyValuePair.Create(named.Key, ValueOf(named.Key, [.. named.Select(ValueOf).Distinct()])));
        return new(KeyOf(principal, keyClaim), [.. attributes]);
    }

    /// <summary>Returns the targeting key alone.</summary>
    public static string? KeyOf(ClaimsPrincipal principal, string? keyClaim)
    {
        foreach (var type in keyClaim is null ? Keys : [keyClaim])
        {
            foreach (var claim in ClaimsOf(principal))
            {
                if (claim.Type == type && claim.Value.Length > 0)
                    return claim.Value;
            }
        }

        return null;
    }

    /// <summary>Returns one attribute, and looks at no other claims than its own.</summary>
    public static AttributeValue AttributeOf(ClaimsPrincipal principal, string name, string? keyClaim, Func<Claim, bool>? include)
    {
        if (name.Length == 0 || OfTheToken.Contains(name))
            return default;
        List<AttributeValue>? values = null;
        foreach (var claim in ClaimsOf(principal))
        {
            if (IsNamed(claim, name) && IsAttribute(claim, keyClaim) && include?.Invoke(claim) != false)
                (values ??= []).Add(ValueOf(claim));
        }

        return values is null ? default : ValueOf(name, [.. values.Distinct()]);
    }

    private static IEnumerable<Claim> ClaimsOf(ClaimsPrincipal principal)
    {
        foreach (var identity in principal.Identities)
        {
            if (!identity.IsAuthenticated)
                continue;
            foreach (var claim in identity.Claims)
                yield return claim;
        }
    }

    private static bool IsAttribute(Claim claim, string? keyClaim) => !Keys.Contains(claim.Type, StringComparer.Ordinal) && claim.Type != keyClaim;

    // A reference in a rule cannot name an address: its colon would end a kind.
    private static string NameOf(Claim claim) =>
        claim.Type == claim.Subject?.RoleClaimType ? Roles :
        Names.TryGetValue(claim.Type, out var name) ? name :
        claim.Type[LastPart(claim.Type)..];

    private static bool IsNamed(Claim claim, string name) =>
        claim.Type == claim.Subject?.RoleClaimType ? name == Roles :
        Names.TryGetValue(claim.Type, out var known) ? name == known :
        claim.Type.AsSpan(LastPart(claim.Type)).SequenceEqual(name);

    private static int LastPart(string type) => type.LastIndexOfAny(['/', ':', '#']) + 1;

    private static AttributeValue ValueOf(string name, AttributeValue[] values) =>
        values.Length == 1 && name is not (Roles or Groups) ? values[0] : AttributeValue.Owning(values);

    private static AttributeValue ValueOf(Claim claim) => claim.ValueType switch
    {
        ClaimValueTypes.Boolean when bool.TryParse(claim.Value, out var value) => (AttributeValue)value,
        ClaimValueTypes.Integer or ClaimValueTypes.Integer32 or ClaimValueTypes.Integer64 or ClaimValueTypes.UInteger32 or ClaimValueTypes.UInteger64
            when long.TryParse(claim.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        ClaimValueTypes.Double when double.TryParse(claim.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        ClaimValueTypes.DateTime when Rfc3339.TryParse(claim.Value, out var ticks) => new DateTimeOffset(ticks, TimeSpan.Zero),
        _ => claim.Value,
    };
}
