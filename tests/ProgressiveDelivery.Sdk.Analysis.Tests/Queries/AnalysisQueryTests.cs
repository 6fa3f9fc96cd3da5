using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries;

public sealed class AnalysisQueryTests
{
    public static TheoryData<SqlDialect> Dialects => [SqlDialect.DuckDb, SqlDialect.PostgreSql, SqlDialect.ClickHouse];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void NoValueOfThePlanIsInTheText(SqlDialect dialect)
    {
        var (_, plan) = HostileNames.Make(HostileNames.All);
        var query = AnalysisQuery.For(plan with { Experiment = "the-experiment", UnitKind = "the-kind" }, dialect);

        var sql = query.ToSql();

        foreach (var name in HostileNames.All.Append("the-experiment").Append("the-kind").Where(name => name != "NULL"))
            sql.Should().NotContain(name);
        query.Parameters.Values.OfType<string>().Should().Contain(HostileNames.All).And.Contain("the-experiment").And.Contain("the-kind");
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void TheTextIsTheSameForTheSameKindOfPlan(SqlDialect dialect)
    {
        var other = Plans.Full with { Experiment = "x", UnitKind = "y", Start = Plans.Start.AddDays(1), OutcomeWindow = TimeSpan.FromDays(9), Variants = [.. Plans.Full.Variants.Reverse()] };

        AnalysisQuery.For(other, dialect).ToSql().Should().Be(AnalysisQuery.For(Plans.Full, dialect).ToSql());
    }

    [Fact]
    public void StatementsAreNumberedAndExplained() =>
        AnalysisQuery.For(Plans.Simple, SqlDialect.PostgreSql).ToSql().Should().StartWith("-- 1. The rows of the table, by rules 3 to 5.\nSELECT\n    count(*),")
            .And.Contain("\n\n-- 2. Ids of exposures that came more than once.").And.EndWith(";\n");

    [Fact]
    public void OldClickHouseGetsNothingThatItDoesNotHave() =>
        AnalysisQuery.For(Plans.Full, SqlDialect.ClickHouse).ToSql().Should().NotContainAny("WITH ", " OVER ", "FILTER");

    [Fact]
    public void NamesOfTheTableAreQuoted() =>
        AnalysisQuery.For(Plans.Simple, SqlDialect.PostgreSql, new() { Name = "shop.raw_events", Time = "occurredAt" }).ToSql()
            .Should().Contain("FROM \"shop\".\"raw_events\"").And.Contain("extract(epoch FROM \"occurredAt\")");

    [Theory]
    [InlineData("events; DROP TABLE x")]
    [InlineData("a\"b")]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("1a")]
    [InlineData("é")]
    public void NameThatIsNoIdentifierIsRefused(string name)
    {
        var writing = () => AnalysisQuery.For(Plans.Simple, SqlDialect.DuckDb, new() { Name = name });

        writing.Should().Throw<ArgumentException>().WithMessage("*is not the name of a table*");
    }

    [Fact]
    public void ColumnHasNoParts()
    {
        var writing = () => AnalysisQuery.For(Plans.Simple, SqlDialect.DuckDb, new() { Unit = "a.b" });

        writing.Should().Throw<ArgumentException>().WithMessage("*'a.b' is not the name of a column*");
    }

    [Fact]
    public void PlanWithFaultsHasNoSql()
    {
        var writing = () => AnalysisQuery.For(Plans.Simple with { Alpha = 2 }, SqlDialect.DuckDb);

        writing.Should().Throw<ExperimentPlanException>();
    }
}
