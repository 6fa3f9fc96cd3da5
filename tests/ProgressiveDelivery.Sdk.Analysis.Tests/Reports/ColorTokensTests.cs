using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Reports.Html;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

/// <summary>The contrast of each color on each surface that it is used on, by WCAG 2.2 (1.4.3 and 1.4.11).</summary>
public sealed class ColorTokensTests
{
    private static readonly string[] Surfaces = ["page", "card", "sunk", "good-tint", "warn-tint", "bad-tint", "none-tint"];

    [Theory]
    [InlineData("ink", 4.5)]
    [InlineData("ink-2", 4.5)]
    [InlineData("ink-3", 4.5)]
    [InlineData("accent", 4.5)]
    [InlineData("good", 4.5)]
    [InlineData("warn", 4.5)]
    [InlineData("bad", 4.5)]
    [InlineData("none", 4.5)]
    [InlineData("axis", 3)]
    [InlineData("v0", 3)]
    [InlineData("v1", 3)]
    [InlineData("v2", 3)]
    [InlineData("v3", 3)]
    [InlineData("v4", 3)]
    [InlineData("v5", 3)]
    public void ColorKeepsItsContrastOnEachSurface(string token, double floor)
    {
        foreach (var surface in Surfaces)
        {
            Contrast(Light(token), Light(surface)).Should().BeGreaterThanOrEqualTo(floor, $"light on {surface}");
            Contrast(Dark(token), Dark(surface)).Should().BeGreaterThanOrEqualTo(floor, $"dark on {surface}");
        }
    }

    [Fact]
    public void ContrastIsThatOfTheStandard()
    {
        Contrast("#000000", "#FFFFFF").Should().Be(21);
        Contrast("#777777", "#FFFFFF").Should().BeApproximately(4.48, 0.005);
    }

    [Fact]
    public void StyleNamesOnlyTokensThatExist()
    {
        var used = System.Text.RegularExpressions.Regex.Matches(PageStyle.Report.Text, @"var\(--([a-z0-9-]+)\)").Select(match => match.Groups[1].Value).ToHashSet();

        used.Should().BeSubsetOf(ColorTokens.All.Select(token => token.Name)).And.Contain("v5");
    }

    private static string Light(string token) => ColorTokens.All.Single(one => one.Name == token).Light;

    private static string Dark(string token) => ColorTokens.All.Single(one => one.Name == token).Dark;

    private static double Contrast(string a, string b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string color)
    {
        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);

        double Channel(int at)
        {
            var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
