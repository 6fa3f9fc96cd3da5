using System.Globalization;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Telemetry;

public sealed partial class LogTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("src", "ProgressiveDelivery.Sdk", "Telemetry", "Log.cs"));

    [Fact]
    public void IdsAreUniqueAndAscendInTheFile() => Ids().Select(line => line.Id).Should().HaveCountGreaterThan(50).And.OnlyHaveUniqueItems().And.BeInAscendingOrder();

    [Fact]
    public void EachIdIsInTheRangeOfItsArea() => Ids().Should().OnlyContain(line => line.Area == LogAreas.Names[(line.Id / 100) - 1]);

    [Fact]
    public void EachAreaNamesItsRange()
    {
        var ranges = Lines.Select(line => Heading().Match(line)).Where(match => match.Success);

        ranges.Select(match => (match.Groups["area"].Value, int.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture)))
            .Should().Equal(LogAreas.Names.Select((name, index) => (name, (index + 1) * 100)));
    }

    private static List<(string Area, int Id)> Ids()
    {
        var ids = new List<(string, int)>();
        var area = "";
        foreach (var line in Lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
                area = heading.Groups["area"].Value;
            if (Message().Match(line) is { Success: true } message)
                ids.Add((area, int.Parse(message.Groups["id"].Value, CultureInfo.InvariantCulture)));
        }

        return ids;
    }

    [GeneratedRegex(@"^ {4}// (?<area>\w+): (?<first>\d+) to \d+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+)")]
    private static partial Regex Message();
}
