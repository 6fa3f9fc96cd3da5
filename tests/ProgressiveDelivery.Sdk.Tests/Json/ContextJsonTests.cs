using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class ContextJsonTests
{
    [Fact]
    public void AttributesAndTheTargetingKeyAreReadFromTheTop()
    {
        var context = Read("""{ "targetingKey": "u-1", "age": 42, "score": 42.0, "exponent": 1e2, "big": 9223372036854775808, "name": "x", "on": true, "none": null }""");

        context.TargetingKey.Should().Be("u-1");
        context["age"].Kind.Should().Be(AttributeKind.Integer);
        context["score"].Kind.Should().Be(AttributeKind.Number);
        context["exponent"].Kind.Should().Be(AttributeKind.Number);
        context["big"].Kind.Should().Be(AttributeKind.Number);
        context["name"].Should().Be((AttributeValue)"x");
        context["on"].Should().Be((AttributeValue)true);
        context["none"].IsNull.Should().BeTrue();
    }

    [Fact]
    public void ListsAndObjectsNest()
    {
        var context = Read("""{ "tags": ["a", [1]], "address": { "country": "NL", "lines": ["x"] } }""");

        context["tags"].Should().Be(AttributeValue.List("a", AttributeValue.List(1)));
        context["address"].Members.ToArray().Should().Equal(new ContextAttribute("country", "NL"), new ContextAttribute("lines", AttributeValue.List("x")));
    }

    [Fact]
    public void MemberThatEndsInAColonIsAnotherKind()
    {
        var context = Read("""{ "targetingKey": "u-1", "organization:": { "targetingKey": "o-1", "plan": "gold" } }""");

        context.GetKind("organization").Should().Be(new EvaluationContext("o-1") { ["plan"] = "gold" });
        context.Attributes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{ \"a:b:\": {} }", "a:b:")]
    [InlineData("{ \":\": {} }", ":")]
    [InlineData("{ \"a:\": 5 }", "a:")]
    public void MemberThatNamesNoKindIsAnAttribute(string json, string name) => Read(json).Attributes.Should().ContainSingle().Which.Name.Should().Be(name);

    [Theory]
    [InlineData("{}", false)]
    [InlineData("{ \"targetingKey\": null }", false)]
    [InlineData("{ \"targetingKey\": 7 }", true)]
    public void TargetingKeyThatIsNoTextIsNone(string json, bool isAttribute)
    {
        var context = Read(json);

        context.TargetingKey.Should().BeNull();
        context.Attributes.Any(attribute => attribute.Name == "targetingKey").Should().Be(isAttribute);
    }

    [Fact]
    public void WhatDotNetCannotHoldIsLeftOut()
    {
        var context = Read("""{ "half": "\ud83d", "\ud83d": 1, "large": 1e400, "kept": 1 }""");

        context.Attributes.Where(attribute => !attribute.Value.IsNull).Should().ContainSingle().Which.Name.Should().Be("kept");
    }

    [Fact]
    public void WrittenContextReadsBackEqual()
    {
        var context = new EvaluationContext("u-1") { ["age"] = 42, ["whole"] = 7.0, ["tags"] = AttributeValue.List("a", true, 0.1), ["nothing"] = default }
            .WithKind("device", new EvaluationContext("d-1") { ["os"] = "x" });

        var read = Read(Write(context));

        read.Should().Be(context);
        read["whole"].Kind.Should().Be(AttributeKind.Number);
    }

    [Fact]
    public void NumberThatJsonCannotHoldIsACallersFault()
    {
        var write = () => Write(new EvaluationContext { ["x"] = double.NaN });

        write.Should().Throw<ArgumentException>().WithMessage("*NaN*");
    }

    [Fact]
    public void PrivateAttributesAreNotWritten()
    {
        var context = new EvaluationContext("ada") { ["email"] = "ada@example.com", ["plan"] = "pro" }
            .WithKind("device", new EvaluationContext("d-1") { ["serial"] = "42", ["os"] = "linux" }.WithPrivate("serial", "targetingKey"))
            .WithPrivate("email");
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ContextJson.Write(writer, context);

        Encoding.UTF8.GetString(stream.ToArray()).Should().Be("""{"targetingKey":"ada","plan":"pro","device:":{"os":"linux"}}""");
    }

    [Fact]
    public void ValueThatNoReaderTakesIsWrittenAsNull()
    {
        var context = new EvaluationContext("ada") { ["shared"] = Shared.List(40, 1), ["deep"] = Shared.Nested(200_000, 1), ["number"] = double.NaN, ["fits"] = Shared.Nested(250, 1) }
            .WithKind("device", new EvaluationContext("d-1") { ["fits"] = Shared.Nested(250, 1), ["shared"] = Shared.Object(40, 1) });
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ContextJson.Write(writer, context);

        using var document = JsonDocument.Parse(stream.ToArray(), new() { MaxDepth = 256 });
        var read = ContextJson.Read(document.RootElement);
        (read["shared"], read["deep"], read["number"], read["fits"]).Should().Be((default, default, default, Shared.Nested(250, 1)));
        (read.GetKind("device")!["fits"], read.GetKind("device")!["shared"]).Should().Be((Shared.Nested(250, 1), default));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    public void OnlyAnObjectIsAContext(string json) =>
        FluentActions.Invoking(() => Read(json)).Should().Throw<ArgumentException>().WithMessage("*JSON object*");

    private static EvaluationContext Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ContextJson.Read(document.RootElement);
    }

    private static string Write(EvaluationContext context)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ContextJson.WriteAll(writer, context, NonFiniteNumbers.Rejected);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
