using System.Security.Claims;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>A part of a principal's context, read alone, is the same as in the whole.</summary>
public sealed class PrincipalPartTests
{
    private static readonly ClaimsPrincipal Ada = new(
    [
        new ClaimsIdentity(
            [
                new("sub", "user-17"), new(ClaimTypes.Email, "ada@acme.example"), new("team", "a"), new("team", "b"), new("team", "a"), new(ClaimTypes.Role, "staff"), new("wids", "admin"),
                new("groups", "g1"), new("exp", "17"), new("age", "42", ClaimValueTypes.Integer), new("http://schemas.example.org/claims/CostCenter", "12"), new("urn:github:login", "ada"), new("x/", "empty"),
            ],
            "test",
            nameType: null,
            roleType: "wids"),
        new ClaimsIdentity([new("team", "c"), new("oid", "object-1")], "second"),
        new ClaimsIdentity([new("team", "not authenticated"), new("plan", "not authenticated")]),
    ]);

    [Theory]
    [InlineData(null)]
    [InlineData("team")]
    [InlineData("missing")]
    public void PartIsThatOfTheWhole(string? keyClaim)
    {
        static bool Include(Claim claim) => claim.Type != "urn:github:login";
        var whole = EvaluationContext.FromPrincipal(Ada, keyClaim, Include);
        string[] names = ["email", "team", "roles", "groups", "age", "CostCenter", "login", "exp", "plan", "sub", "oid", "wids", "role", ClaimTypes.Email, "", "urn:github:login"];

        EvaluationContext.ReadTargetingKey(Ada, keyClaim).Should().Be(whole.TargetingKey);
        foreach (var name in names)
            EvaluationContext.ReadAttribute(Ada, name, keyClaim, Include).Should().Be(whole[name], name);
        whole.Attributes.Should().OnlyContain(attribute => names.Contains(attribute.Name));
    }

    [Fact]
    public void OnlyClaimsOfTheNameAreLookedAt()
    {
        var seen = new List<string>();

        EvaluationContext.ReadAttribute(Ada, "email", include: claim =>
        {
            seen.Add(claim.Type);
            return true;
        });

        seen.Should().Equal(ClaimTypes.Email);
    }

    [Fact]
    public void AbsentArgumentsAreRefused()
    {
        FluentActions.Invoking(() => EvaluationContext.ReadTargetingKey(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => EvaluationContext.ReadAttribute(null!, "x")).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => EvaluationContext.ReadAttribute(Ada, null!)).Should().Throw<ArgumentNullException>();
    }
}
