namespace ProgressiveDelivery.Sdk.Tests;

public sealed class EvaluationContextTests
{
    private static readonly EvaluationContext User = new("user-17") { ["country"] = "NL", ["age"] = 42 };

    [Fact]
    public void AttributesAreReadBackAndOthersAreNull()
    {
        User["country"].Should().Be((AttributeValue)"NL");
        User["Country"].IsNull.Should().BeTrue();
        User["targetingKey"].IsNull.Should().BeTrue();
        User.TargetingKey.Should().Be("user-17");
    }

    [Fact]
    public void LastValueOfANameCounts()
    {
        var name = "a";
        new EvaluationContext("u") { [name] = 1, ["a"] = 2 }["a"].Should().Be((AttributeValue)2);
        new EvaluationContext("u", [new("a", 1), new("b", 0), new("a", 2)]).Attributes
            .Should().Equal(new ContextAttribute("a", 2), new ContextAttribute("b", 0));
    }

    [Fact]
    public void CopiesLeaveTheOriginalAsItWas()
    {
        var copy = User.With("age", 43).With("plan", "gold").WithKind("device", new("d-1")).WithPrivate("age");

        copy["age"].Should().Be((AttributeValue)43);
        User.Should().Be(new EvaluationContext("user-17") { ["age"] = 42, ["country"] = "NL" });
        User.GetKind("device").Should().BeNull();
    }

    [Fact]
    public void KindsAreFoundByNameAndReplaced()
    {
        var context = User.WithKind("organization", new("o-1")).WithKind("device", new("d-1")).WithKind("organization", new("o-2"));

        context.GetKind("organization")!.TargetingKey.Should().Be("o-2");
        context.GetKind("device")!.TargetingKey.Should().Be("d-1");
        context.GetKind("Device").Should().BeNull();
        context.Should().Be(User.WithKind("organization", new("o-2")).WithKind("device", new("d-1")));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("")]
    public void KindThatNoReferenceCouldNameIsRefused(string kind) =>
        User.Invoking(user => user.WithKind(kind, EvaluationContext.Empty)).Should().Throw<ArgumentException>();

    [Fact]
    public void PrivacyIsPartOfEquality()
    {
        User.WithPrivate("age", "country").Should().Be(User.WithPrivate("country").WithPrivate("age"));
        User.WithPrivate("age").Should().NotBe(User);
    }

    [Fact]
    public void PrivateValuesAreNotShown()
    {
        var context = User.With("email", "zoe@acme.example").With("address", AttributeValue.Object([new("street", "Secret Street")]))
            .WithPrivate("email", "address", "targetingKey")
            .WithKind("organization", new EvaluationContext("o-1") { ["iban"] = "NL00", ["plan"] = "gold" }.WithPrivate("iban"));

        context.ToString().Should().Be(
            """{ targetingKey = (private), address = (private), age = 42, country = "NL", email = (private), organization: { targetingKey = "o-1", iban = (private), plan = "gold" } }""");
    }

    [Fact]
    public void PointerIsNoPrivateAttribute() =>
        User.Invoking(user => user.WithPrivate("age", "/address/street")).Should().Throw<ArgumentException>().WithMessage("Private attribute '/address/street': *");

    [Fact]
    public void AnonymousCallerHasNoKey()
    {
        EvaluationContext.Empty.TargetingKey.Should().BeNull();
        EvaluationContext.Empty.Should().Be(new EvaluationContext());
        EvaluationContext.Empty.ToString().Should().Be("{ targetingKey = null }");
    }

    [Fact]
    public void NullNamesAreTheCallersMistake()
    {
        FluentActions.Invoking(() => User[null!]).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => User.With(null!, 1)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new EvaluationContext("u", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => User.WithPrivate(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => User.WithKind("a", null!)).Should().Throw<ArgumentNullException>();
    }
}
