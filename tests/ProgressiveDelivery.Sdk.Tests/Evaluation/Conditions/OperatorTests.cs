using ProgressiveDelivery.Sdk.Definitions;
using Op = ProgressiveDelivery.Sdk.Definitions.AttributeOperator;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

/// <summary>What each operator makes of attributes of every kind: true, false or unknown.</summary>
public sealed class OperatorTests
{
    private static readonly AttributeValue Missing = (string?)null;
    private static readonly AttributeValue Instant = Some.Monday;
    private static readonly AttributeValue Tags = new[] { "a", "b" };
    private static readonly AttributeValue Many = AttributeValue.List(0, 7, 8, 1L << 53, 2.5, 3.0);

    private static readonly (Op Test, AttributeValue Operand, AttributeValue Attribute, bool? Expected)[] Cases =
    [
        (Op.Equals, "a", "a", true), (Op.Equals, "a", "A", false), (Op.Equals, "1", 1, null), (Op.Equals, 1, 1.0, true),
        (Op.Equals, 0, -0.0, true), (Op.Equals, 1, true, null), (Op.Equals, true, true, true), (Op.Equals, true, false, false),
        (Op.Equals, (1L << 53) + 1, 1L << 53, false), (Op.Equals, 1, double.NaN, false), (Op.Equals, "a", Missing, null), (Op.Equals, "a", Tags, null),
        (Op.Equals, "2026-11-23T12:00:00Z", Instant, null), (Op.Equals, "e\u0301", "\u00e9", false),
        (Op.In, AttributeValue.List("a", 1), 1, true), (Op.In, AttributeValue.List("a", 1), "b", false), (Op.In, AttributeValue.List("a", 1), true, null), (Op.In, AttributeValue.List(), "a", false), (Op.In, AttributeValue.List(), Missing, null),
        (Op.In, Many, 7.0, true), (Op.In, Many, 7, true), (Op.In, Many, -7, false), (Op.In, Many, 2.5, true), (Op.In, Many, 3, true), (Op.In, Many, double.NaN, false),
        (Op.In, Many, (1L << 53) + 1, false), (Op.In, Many, (double)(1L << 53), true), (Op.In, Many, -0.0, true), (Op.In, Many, "7", null),
        (Op.In, AttributeValue.List(1, 2.5), 2.5, true), (Op.In, AttributeValue.List(true), false, false),
        (Op.StartsWith, Tags, "abc", true), (Op.StartsWith, Tags, "cab", false), (Op.StartsWith, new[] { "" }, "", true), (Op.StartsWith, AttributeValue.List(), "a", false), (Op.StartsWith, Tags, 1, null),
        (Op.StartsWith, new[] { "\u00AD" }, "abc", false), (Op.EndsWith, new[] { "\0" }, "abc", false), (Op.Contains, new[] { "ss" }, "ß", false),
        (Op.EndsWith, Tags, "cab", true), (Op.EndsWith, Tags, "abc", false), (Op.EndsWith, Tags, Tags, null), (Op.Contains, Tags, "xbx", true), (Op.Contains, Tags, "xyz", false), (Op.Contains, Tags, Missing, null),
        (Op.Matches, "^a.c$", "abc", true), (Op.Matches, "b", "abc", true), (Op.Matches, "^b", "abc", false), (Op.Matches, "^b$", "a\nb", false), (Op.Matches, "", "", true), (Op.Matches, @"\d", "٣", true), (Op.Matches, "1", 1, null),
        (Op.LessThan, 5, 4, true), (Op.LessThan, 5, 5, false), (Op.AtMost, 5, 5.0, true), (Op.GreaterThan, 5, 5.1, true), (Op.AtLeast, 5, 4.9, false), (Op.AtLeast, 5, "6", null), (Op.LessThan, 5, double.NaN, false), (Op.AtLeast, 5, double.NaN, false),
        (Op.GreaterThan, long.MaxValue, double.PositiveInfinity, true), (Op.LessThan, (1L << 53) + 1, 1L << 53, true), (Op.AtMost, 5, true, null), (Op.AtMost, 5, Missing, null),
        (Op.Before, "2026-11-23T12:00:01Z", Instant, true), (Op.Before, "2026-11-23T12:00:00Z", Instant, false), (Op.After, "2026-11-23T13:00:00+02:00", "2026-11-23T12:00:00Z", true),
        (Op.After, "2026-11-23T12:00:00Z", "2026-11-23", null), (Op.After, "2026-11-23T12:00:00Z", "2026-11-23T12:00:00", null), (Op.After, "2026-11-23T12:00:00Z", "2026-11-23t12:00:01z", null), (Op.Before, "2026-11-23T12:00:00Z", 1, null),
        (Op.SemVer, ">=1.2.0", "1.10.0", true), (Op.SemVer, ">=1.2.0", "1.2.0-rc", false), (Op.SemVer, ">=1.2.0", "1.2", null), (Op.SemVer, ">=1.2.0", 2, null),
        (Op.InNetwork, new[] { "10.0.0.0/8", "::1" }, "10.1.1.1", true), (Op.InNetwork, new[] { "10.0.0.0/8" }, "11.1.1.1", false), (Op.InNetwork, new[] { "10.0.0.0/8" }, "localhost", null), (Op.InNetwork, AttributeValue.List(), "1.1.1.1", false),
        (Op.HasAny, new[] { "b", "z" }, Tags, true), (Op.HasAny, new[] { "z" }, Tags, false), (Op.HasAny, AttributeValue.List(), Tags, false), (Op.HasAny, new[] { "a" }, AttributeValue.List(), false), (Op.HasAny, new[] { "a" }, "a", null), (Op.HasAny, AttributeValue.List(1), Tags, false),
        (Op.HasAll, new[] { "a", "b" }, Tags, true), (Op.HasAll, new[] { "a", "z" }, Tags, false), (Op.HasAll, AttributeValue.List(), Tags, true), (Op.HasAll, AttributeValue.List(), "a", null), (Op.HasAll, AttributeValue.List(1.0, "a"), AttributeValue.List("a", 1), true),
        (Op.Exists, true, "", true), (Op.Exists, true, Missing, false), (Op.Exists, false, Missing, true), (Op.Exists, false, AttributeValue.List(), false),
    ];

    [Fact]
    public void EveryOperatorAnswersAsStated()
    {
        foreach (var (test, operand, attribute, expected) in Cases)
            Truth(Some.That("a", test, operand), attribute).Should().Be(expected, "{0} {1} {2}", attribute, test, operand);
        Cases.Select(entry => entry.Test).Should().Contain(Enum.GetValues<Op>());
    }

    [Fact]
    public void CaseIsIgnoredOrdinally()
    {
        foreach (var (test, operand, attribute, expected) in new (Op, AttributeValue, AttributeValue, bool?)[]
        {
            (Op.Equals, "AB", "ab", true), (Op.In, new[] { "X", "AB" }, "ab", true), (Op.In, new[] { "1", "2", "3", "4", "5", "AB" }, "ab", true),
            (Op.StartsWith, new[] { "A" }, "ab", true), (Op.EndsWith, new[] { "B" }, "ab", true), (Op.Contains, new[] { "É" }, "é", true),
            (Op.Matches, "^AB$", "ab", true), (Op.HasAny, new[] { "AB" }, new[] { "ab" }, true), (Op.HasAll, new[] { "AB", "C" }, new[] { "c", "ab" }, true),
            (Op.Equals, "I", "ı", false), (Op.Equals, "i", "İ", false), (Op.Equals, "ß", "SS", false), (Op.Equals, "σ", "ς", true),
        })
        {
            Truth(Some.That("a", test, operand, ignoreCase: true), attribute).Should().Be(expected, "{0} {1} {2}", attribute, test, operand);
        }
    }

    private static bool? Truth(ConditionDefinition condition, AttributeValue attribute)
    {
        var flags = Some.Snapshot(Some.Flag("asks").When(condition), Some.Flag("asks-not").When(new NotCondition(condition))).Open();
        var context = new EvaluationContext("u") { ["a"] = attribute };
        var yes = flags.IsEnabled("asks", context);
        var no = flags.IsEnabled("asks-not", context);

        (yes && no).Should().BeFalse();
        return yes ? true : no ? false : null;
    }
}
