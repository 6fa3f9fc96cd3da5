using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class ConditionReadingTests
{
    [Theory]
    [InlineData("equals", AttributeOperator.Equals)]
    [InlineData("in", AttributeOperator.In)]
    [InlineData("startsWith", AttributeOperator.StartsWith)]
    [InlineData("endsWith", AttributeOperator.EndsWith)]
    [InlineData("contains", AttributeOperator.Contains)]
    [InlineData("matches", AttributeOperator.Matches)]
    [InlineData("lessThan", AttributeOperator.LessThan)]
    [InlineData("atMost", AttributeOperator.AtMost)]
    [InlineData("greaterThan", AttributeOperator.GreaterThan)]
    [InlineData("atLeast", AttributeOperator.AtLeast)]
    [InlineData("before", AttributeOperator.Before)]
    [InlineData("after", AttributeOperator.After)]
    [InlineData("semver", AttributeOperator.SemVer)]
    [InlineData("inNetwork", AttributeOperator.InNetwork)]
    [InlineData("hasAny", AttributeOperator.HasAny)]
    [InlineData("hasAll", AttributeOperator.HasAll)]
    [InlineData("exists", AttributeOperator.Exists)]
    public void OperatorIsReadByItsName(string name, AttributeOperator expected)
    {
        var test = Documents.ReadCondition($$"""{ "{{name}}": "x", "attribute": "a" }""").When<AttributeCondition>();

        test.Should().Be(new AttributeCondition { Attribute = "a", Operator = expected, Operand = "x" });
    }

    [Fact]
    public void OperandKeepsItsKindWhateverTheOperator()
    {
        Operand("\"x\"").Should().Be((AttributeValue)"x");
        Operand("true").Should().Be((AttributeValue)true);
        Operand("7").Kind.Should().Be(AttributeKind.Integer);
        Operand("7.0").Kind.Should().Be(AttributeKind.Number);
        Operand("7e0").Kind.Should().Be(AttributeKind.Number);
        Operand("9223372036854775808").Kind.Should().Be(AttributeKind.Number);
        Operand("[ \"x\", 1, null ]").Should().Be(AttributeValue.List("x", 1, default));
        Operand("[]").Should().Be(AttributeValue.List());

        static AttributeValue Operand(string json) =>
            Documents.ReadCondition($$"""{ "attribute": "a", "in": {{json}} }""").When<AttributeCondition>().Operand;
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[ {} ]")]
    [InlineData("[ [ 1 ] ]")]
    [InlineData("1e400")]
    [InlineData("\"\\udc00\"")]
    public void OperandThatNoOperatorTakesIsMalformed(string operand) =>
        Documents.ReadCondition($$"""{ "attribute": "a", "in": {{operand}} }""").ShouldBeMalformed("PD1111").Path.Should().Be("$.flags['f'].rules[0].when.in");

    [Theory]
    [InlineData("{ \"attribute\": \"a\" }")]
    [InlineData("{ \"attribute\": \"a\", \"ignoreCase\": true }")]
    [InlineData("{ \"attribute\": \"a\", \"equals\": 1, \"in\": [ 1 ] }")]
    public void TestWithoutExactlyOneOperatorIsMalformed(string condition) =>
        Documents.ReadCondition(condition).ShouldBeMalformed("PD1110").Path.Should().Be("$.flags['f'].rules[0].when");

    [Theory]
    [InlineData("equals")]
    [InlineData("soundsLike")]
    public void OperatorThatIsNullIsKeptAsUnknownWithAWarning(string name)
    {
        var result = Documents.ReadCondition($$"""{ "attribute": "a", "{{name}}": null }""");

        result.When<UnknownOperatorCondition>().Should().Be(new UnknownOperatorCondition { Attribute = "a", Operator = name });
        result.Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1121");
        SnapshotJson.Read(Documents.Write(result.Definition!)).When<UnknownOperatorCondition>().Should().Be(new UnknownOperatorCondition { Attribute = "a", Operator = name });
    }

    [Fact]
    public void NullOperatorBesideAnotherIsAbsent()
    {
        var test = Documents.ReadCondition("""{ "attribute": "a", "equals": 1, "in": null }""").When<AttributeCondition>();

        test.Operator.Should().Be(AttributeOperator.Equals);
    }

    [Fact]
    public void UnknownMemberBesideAKnownOperatorIsIgnoredWithAWarning()
    {
        var result = Documents.ReadCondition("""{ "attribute": "a", "color": "blue", "equals": 1 }""");

        result.Diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1144", Severity = DiagnosticSeverity.Warning, Path = "$.flags['f'].rules[0].when.color" });
        result.When<AttributeCondition>().Operator.Should().Be(AttributeOperator.Equals);
    }

    [Fact]
    public void UnknownOperatorIsKeptAsUnknownWithAWarning()
    {
        var result = Documents.ReadCondition("""{ "attribute": "a", "startingWith": ["x"], "x-note": 1, "color": "blue" }""");

        result.When<UnknownOperatorCondition>().Should().Be(new UnknownOperatorCondition { Attribute = "a", Operator = "startingWith" });
        result.Diagnostics.Select(found => (found.Id, found.Severity)).Should().BeEquivalentTo([("PD1121", DiagnosticSeverity.Warning), ("PD1144", DiagnosticSeverity.Warning)]);
        result.Diagnostics.Single(found => found.Id == "PD1121").Message.Should().Contain("did you mean 'startsWith'?");
    }

    [Theory]
    [InlineData("{ \"attribute\": \"a\", \"startWith\": [\"x\"] }", "startsWith")]
    [InlineData("{ \"attribute\": \"a\", \"equls\": 1 }", "equals")]
    [InlineData("{ \"attribute\": \"a\", \"atLeast\": 1, \"atMots\": 5 }", "atMost")]
    [InlineData("{ \"atribute\": \"a\", \"equals\": 1 }", "attribute")]
    [InlineData("{ \"segmnet\": \"staff\" }", "segment")]
    [InlineData("{ \"attribute\": \"a\", \"equals\": \"x\", \"ignorecase\": true }", "ignoreCase")]
    public void OperatorOrFormThatIsMisspeltIsMalformedAndToldAlone(string condition, string meant) =>
        Documents.ReadCondition(condition).ShouldBeMalformed("PD1143").Message.Should().Contain($"near '{meant}'. Write '{meant}'");

    [Theory]
    [InlineData("{}", "is empty")]
    [InlineData("{ \"color\": 1 }", "none of the forms")]
    [InlineData("{ \"all\": [], \"any\": [] }", "mixes 'all' and 'any'")]
    [InlineData("{ \"segment\": \"s\", \"attribute\": \"a\", \"equals\": 1 }", "mixes 'segment' and 'attribute'")]
    [InlineData("{ \"segment\": \"s\", \"equals\": 1 }", "mixes 'segment' and 'equals'")]
    [InlineData("{ \"equals\": 1 }", "'equals' without 'attribute'")]
    [InlineData("[]", "is a list")]
    [InlineData("true", "is true")]
    public void ConditionOfNoFormIsMalformed(string condition, string wrong) =>
        Documents.ReadCondition(condition).ShouldBeMalformed("PD1101").Message.Should().Contain(wrong);

    [Theory]
    [InlineData("{ \"all\": {} }", "$.flags['f'].rules[0].when.all")]
    [InlineData("{ \"any\": [ null ] }", "$.flags['f'].rules[0].when.any[0]")]
    [InlineData("{ \"any\": [ { \"all\": [] }, { \"all\": [ { \"not\": 1 } ] } ] }", "$.flags['f'].rules[0].when.any[1].all[0].not")]
    [InlineData("{ \"segment\": 1 }", "$.flags['f'].rules[0].when.segment")]
    [InlineData("{ \"attribute\": 1, \"equals\": 1 }", "$.flags['f'].rules[0].when.attribute")]
    [InlineData("{ \"attribute\": \"a\", \"equals\": 1, \"ignoreCase\": \"yes\" }", "$.flags['f'].rules[0].when.ignoreCase")]
    [InlineData("{ \"flag\": 1, \"is\": [] }", "$.flags['f'].rules[0].when.flag")]
    [InlineData("{ \"flag\": \"g\" }", "$.flags['f'].rules[0].when")]
    [InlineData("{ \"flag\": \"g\", \"is\": \"on\" }", "$.flags['f'].rules[0].when.is")]
    [InlineData("{ \"between\": \"2026-01-01T00:00:00Z\" }", "$.flags['f'].rules[0].when.between")]
    [InlineData("{ \"between\": [ \"2026-01-01T00:00:00Z\" ] }", "$.flags['f'].rules[0].when.between")]
    [InlineData("{ \"between\": [ null, null, null ] }", "$.flags['f'].rules[0].when.between")]
    [InlineData("{ \"schedule\": [] }", "$.flags['f'].rules[0].when.schedule")]
    [InlineData("{ \"schedule\": { \"days\": \"Mon\" } }", "$.flags['f'].rules[0].when.schedule.days")]
    [InlineData("{ \"schedule\": { \"timeZone\": 1 } }", "$.flags['f'].rules[0].when.schedule.timeZone")]
    public void WrongFormInsideIsMalformed(string condition, string path) =>
        Documents.ReadCondition(condition).ShouldBeMalformed("PD1101").Path.Should().Be(path);

    [Theory]
    [InlineData("{ \"between\": [ \"2026-01-01T00:00:00\", null ] }", "between[0]")]
    [InlineData("{ \"between\": [ null, 5 ] }", "between[1]")]
    [InlineData("{ \"schedule\": { \"days\": [ \"mon\" ] } }", "schedule.days")]
    [InlineData("{ \"schedule\": { \"days\": [ \"Monday\" ] } }", "schedule.days")]
    [InlineData("{ \"schedule\": { \"from\": \"9:00\" } }", "schedule.from")]
    [InlineData("{ \"schedule\": { \"from\": \"24:00\" } }", "schedule.from")]
    [InlineData("{ \"schedule\": { \"to\": \"09:60\" } }", "schedule.to")]
    [InlineData("{ \"schedule\": { \"to\": \"9 o'clock\" } }", "schedule.to")]
    [InlineData("{ \"schedule\": { \"to\": \" 09:00\" } }", "schedule.to")]
    [InlineData("{ \"schedule\": { \"to\": \"09:00Z\" } }", "schedule.to")]
    public void UnreadableTimeIsMalformed(string condition, string path) =>
        Documents.ReadCondition(condition).ShouldBeMalformed("PD1115").Path.Should().Be("$.flags['f'].rules[0].when." + path);

    [Fact]
    public void CombinationsAreReadInOrder()
    {
        var all = Documents.ReadCondition("""{ "all": [ { "segment": "a" }, { "any": [] }, { "not": { "flag": "g", "is": ["on", "off"] } } ] }""").When<AllCondition>();

        all.Conditions[0].Should().Be(new SegmentCondition("a"));
        all.Conditions[1].Should().BeOfType<AnyCondition>().Which.Conditions.Should().BeEmpty();
        all.Conditions[2].Should().BeOfType<NotCondition>().Which.Condition.Should().BeEquivalentTo(new FlagCondition { Flag = "g", Variants = ["on", "off"] });
    }

    [Fact]
    public void BetweenIsReadWithOpenEnds()
    {
        var noon = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        Documents.ReadCondition("""{ "between": ["2026-06-01T14:00:00+02:00", null] }""").When<BetweenCondition>().Should().Be(new BetweenCondition { From = noon });
        Documents.ReadCondition("""{ "between": [null, "2026-06-01T12:00:00Z"] }""").When<BetweenCondition>().Should().Be(new BetweenCondition { To = noon });
        Documents.ReadCondition("""{ "between": [null, null] }""").When<BetweenCondition>().Should().Be(new BetweenCondition());
    }

    [Fact]
    public void ScheduleIsRead()
    {
        var schedule = Documents.ReadCondition("""{ "schedule": { "days": ["Sat", "Sun"], "from": "00:00", "to": "23:59:30.5", "timeZone": "Europe/Amsterdam" } }""").When<ScheduleCondition>();

        schedule.Days.Should().Equal(DayOfWeek.Saturday, DayOfWeek.Sunday);
        schedule.From.Should().Be(new TimeOnly(0, 0));
        schedule.To.Should().Be(new TimeOnly(23, 59, 30, 500));
        schedule.TimeZone.Should().Be("Europe/Amsterdam");
        Documents.ReadCondition("""{ "schedule": {} }""").When<ScheduleCondition>().Should().Be(new ScheduleCondition());
    }
}
