using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>Tests of which the operand, or the attribute's name, is a hash.</summary>
public sealed class HashedTests
{
    private static readonly string Long = new('ü', 300);

    [Theory]
    [InlineData("", true)]
    [InlineData("pepper", true)]
    [InlineData("pepper", false)]
    public void PartThatAnOperatorLooksAtIsHashedWithTheSalt(string salt, bool isLong)
    {
        var text = (isLong ? Long : "") + "ada@example.com";
        var bytes = Encoding.UTF8.GetBytes(text);

        Holds(AttributeOperator.Equals, Hash(text, salt), salt, text).Should().BeTrue();
        Holds(AttributeOperator.Equals, Hash(text, salt), salt, text + "x").Should().BeFalse();
        Holds(AttributeOperator.Equals, Hash(text, salt), salt + "x", text).Should().BeFalse();
        Holds(AttributeOperator.StartsWith, $"3_{Hash(bytes[..3], salt)}", salt, text).Should().BeTrue();
        Holds(AttributeOperator.StartsWith, $"4_{Hash(bytes[..3], salt)}", salt, text).Should().BeFalse();
        Holds(AttributeOperator.EndsWith, $"3_{Hash(bytes[^3..], salt)}", salt, text).Should().BeTrue();
        Holds(AttributeOperator.EndsWith, $"{bytes.Length}_{Hash(text, salt)}", salt, text).Should().BeTrue();
        Holds(AttributeOperator.EndsWith, $"3_{Hash(bytes[..3], salt)}", salt, text).Should().BeFalse();
        Holds(AttributeOperator.HasAny, Hash(text, salt), salt, AttributeValue.List("x", text)).Should().BeTrue();
        Holds(AttributeOperator.HasAny, Hash(text, salt), salt, AttributeValue.List("x", "y")).Should().BeFalse();
    }

    [Theory]
    [InlineData(AttributeOperator.StartsWith, "")]
    [InlineData(AttributeOperator.StartsWith, "_")]
    [InlineData(AttributeOperator.StartsWith, "x_")]
    [InlineData(AttributeOperator.StartsWith, "-1_")]
    [InlineData(AttributeOperator.EndsWith, "2")]
    [InlineData(AttributeOperator.Equals, "x")]
    public void WhatIsNoHashMatchesNothing(AttributeOperator test, string before)
    {
        var noHash = before + Hash("ab", "");

        Holds(test, noHash, "", "ab").Should().BeFalse();
        Some.Snapshot(Some.Flag().When(Hashed(test, noHash, ""))).Compile().Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [InlineData(AttributeOperator.Contains)]
    [InlineData(AttributeOperator.HasAll)]
    public void OperatorThatNeedsTheTextIsMalformed(AttributeOperator test) =>
        Some.Snapshot(Some.Flag().When(Hashed(test, Hash("ab", ""), ""))).Compile().Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.InvalidOperand);

    [Fact]
    public void AttributeIsFoundByTheHashOfItsName()
    {
        var named = new AttributeCondition { Attribute = Hash("country", ""), Operator = AttributeOperator.Equals, Operand = "NL", NameHash = OperandHash.Sha256 };
        var user = new EvaluationContext("u") { ["age"] = 7, ["country"] = "NL" };

        Some.Flag().When(named).Open().IsEnabled("flag", user).Should().BeTrue();
        Some.Flag().When(named).Open().IsEnabled("flag", new EvaluationContext("u") { ["countries"] = "NL" }).Should().BeFalse();
        Some.Snapshot(Some.Flag().When(named with { Attribute = "country" })).Compile().Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.InvalidReference);
    }

    private static AttributeCondition Hashed(AttributeOperator test, string operand, string salt) => new() { Attribute = "a", Operator = test, Operand = AttributeValue.List(operand), Hashing = new() { Algorithm = OperandHash.Sha256, Salt = salt } };

    private static bool Holds(AttributeOperator test, string operand, string salt, AttributeValue attribute) =>
        Some.Flag().When(Hashed(test, operand, salt)).Open().IsEnabled("flag", new EvaluationContext("u") { ["a"] = attribute });

    private static string Hash(string text, string salt) => Hash(Encoding.UTF8.GetBytes(text), salt);

    private static string Hash(byte[] bytes, string salt) => Convert.ToHexString(SHA256.HashData([.. bytes, .. Encoding.UTF8.GetBytes(salt)])).ToLowerInvariant();
}
