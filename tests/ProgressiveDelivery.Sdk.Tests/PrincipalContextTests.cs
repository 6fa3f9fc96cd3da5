using System.Security.Claims;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>Who is signed in is who is asked about.</summary>
public sealed class PrincipalContextTests
{
    [Fact]
    public void ClaimsOfAWebTokenBecomeAttributes()
    {
        var context = EvaluationContext.FromPrincipal(Principal(
            new("sub", "user-17"), new("email", "ada@acme.example"), new("scope", "read write"), new("exp", "1780000000"), new("iat", "1"), new("jti", "x")));

        context.Should().Be(new EvaluationContext("user-17") { ["email"] = "ada@acme.example", ["scope"] = "read write" });
    }

    [Fact]
    public void LongClaimTypesGetNamesThatRulesCanWrite()
    {
        var context = EvaluationContext.FromPrincipal(Principal(
            new(ClaimTypes.NameIdentifier, "user-17"), new(ClaimTypes.Email, "ada@acme.example"), new(ClaimTypes.Name, "Ada"), new(ClaimTypes.GivenName, "Ada"),
            new("http://schemas.example.org/claims/CostCenter", "12"), new("urn:github:login", "ada"), new(ClaimTypes.AuthenticationInstant, "x")));

        context.TargetingKey.Should().Be("user-17");
        context.Attributes.Select(attribute => attribute.Name).Should().Equal("CostCenter", "email", "given_name", "login", "name");
    }

    [Fact]
    public void RepeatedClaimIsAListAndRolesAlwaysAre()
    {
        var context = EvaluationContext.FromPrincipal(Principal(
            new(ClaimTypes.Role, "staff"), new("team", "a"), new("team", "b"), new("team", "a"), new("groups", "g1"), new("plan", "gold")));

        context.Should().Be(new EvaluationContext
        {
            ["roles"] = new[] { "staff" },
            ["team"] = new[] { "a", "b" },
            ["groups"] = new[] { "g1" },
            ["plan"] = "gold",
        });
    }

    [Fact]
    public void RolesOfAnotherClaimTypeAreRoles()
    {
        var identity = new ClaimsIdentity([new("wids", "admin")], "test", nameType: null, roleType: "wids");

        EvaluationContext.FromPrincipal(new(identity))["roles"].Should().Be((AttributeValue)new[] { "admin" });
    }

    [Fact]
    public void TypedClaimsAreRead()
    {
        var context = EvaluationContext.FromPrincipal(Principal(
            new("beta", "true", ClaimValueTypes.Boolean), new("age", "42", ClaimValueTypes.Integer), new("score", "0.5", ClaimValueTypes.Double),
            new("since", "2026-05-01T12:00:00Z", ClaimValueTypes.DateTime), new("broken", "many", ClaimValueTypes.Integer64), new("digits", "42")));

        context.Should().Be(new EvaluationContext
        {
            ["beta"] = true,
            ["age"] = 42,
            ["score"] = 0.5,
            ["since"] = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero),
            ["broken"] = "many",
            ["digits"] = "42",
        });
    }

    [Fact]
    public void KeyMayBeAnotherClaimAndClaimsMayBeChosen()
    {
        var context = EvaluationContext.FromPrincipal(
            Principal(new("sub", "user-17"), new("tenant", "acme"), new("email", "ada@acme.example"), new("plan", "gold")), keyClaim: "tenant", include: claim => claim.Type != "email");

        context.Should().Be(new EvaluationContext("acme") { ["plan"] = "gold" });
    }

    [Fact]
    public void NoAuthenticatedIdentityIsAnAnonymousCaller()
    {
        var forged = new ClaimsIdentity([new("sub", "admin")]);

        EvaluationContext.FromPrincipal(new(forged)).Should().Be(EvaluationContext.Empty);
        EvaluationContext.FromPrincipal(new ClaimsPrincipal()).TargetingKey.Should().BeNull();
        FluentActions.Invoking(() => EvaluationContext.FromPrincipal(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void ClaimsOfIdentitiesThatAreNotAuthenticatedDoNotCount()
    {
        var principal = Principal(new Claim("sub", "user-17"));
        principal.AddIdentity(new([new("roles", "admin")]));

        EvaluationContext.FromPrincipal(principal).Should().Be(new EvaluationContext("user-17"));
    }

    private static ClaimsPrincipal Principal(params Claim[] claims) => new(new ClaimsIdentity(claims, "test"));
}
