using System.Globalization;
using ProgressiveDelivery.Sdk.Backends.Unleash;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Unleash;

/// <summary>Constraints on time.</summary>
public sealed class DateConstraintTests
{
    private const string Noon = "2026-06-01T12:00:00.0000000Z";

    [Theory]
    [InlineData("DATE_AFTER", -1, false)]
    [InlineData("DATE_AFTER", 0, false)]
    [InlineData("DATE_AFTER", 1, true)]
    [InlineData("DATE_BEFORE", -1, true)]
    [InlineData("DATE_BEFORE", 0, false)]
    [InlineData("DATE_BEFORE", 1, false)]
    public void InstantItselfIsNeitherAfterNorBefore(string @operator, long ticks, bool holds)
    {
        var now = At(Noon).AddTicks(ticks);

        Ask(@operator, Noon, now).Should().Be(holds, "by the clock");
        Ask(@operator, Noon, At(Noon).AddDays(ticks == 0 ? 1 : -ticks), EvaluationContext.Empty.With("currentTime", Text(now))).Should().Be(holds, "by the context");
        Ask(@operator, Noon, At(Noon), EvaluationContext.Empty.With("born", Text(now)), "born").Should().Be(holds, "by another field");
    }

    [Theory]
    [InlineData("DATE_AFTER", "9999-12-31T23:59:59.9999999Z", false)]
    [InlineData("DATE_AFTER", "9999-12-31T23:59:59.9999999+02:00", false)]
    [InlineData("DATE_BEFORE", "9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("DATE_AFTER", "0001-01-01T00:00:00Z", true)]
    [InlineData("DATE_BEFORE", "0001-01-01T00:00:00Z", false)]
    [InlineData("DATE_AFTER", "9999-12-31T23:59:59.9999999-02:00", false)]
    [InlineData("DATE_AFTER", "2026-06-01T13:00:00+02:00", true)]
    [InlineData("DATE_AFTER", "00:00", false)]
    [InlineData("DATE_BEFORE", "23:59", false)]
    [InlineData("DATE_AFTER", "soon", false)]
    [InlineData("DATE_AFTER", "", false)]
    public void AnyInstantCanBeComparedWith(string @operator, string value, bool holds) => Ask(@operator, value, At(Noon)).Should().Be(holds);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.ToString("o", CultureInfo.InvariantCulture);

    private static bool Ask(string @operator, string value, DateTimeOffset now, EvaluationContext? context = null, string field = "currentTime") => Asked.Of(new UnleashFormat(), $$"""
        {"features":[{"name":"f","enabled":true,"strategies":[{"name":"default","constraints":[{"contextName":"{{field}}","operator":"{{@operator}}","value":"{{value}}"}]}]}]}
        """, now).IsEnabled("f", context ?? EvaluationContext.Empty);
}
