using System.Text.Json;
using System.Xml.Linq;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class HostileFlagsTests
{
    public static TheoryData<string> Names =>
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "</script><svg/onload=alert(1)>", "a\u202Eb\u2066c", "one\ntwo\r\nthree", "{{7*7}}${7*7}", "' or \"1\"='1", "a&key=b#c?d", "😀\u0000x",
        new string('x', 10_000),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task S13_NamesAreTextOnEachScreen(string name)
    {
        var text = JsonSerializer.Serialize(name);
        await using var page = await PageUnderTest.StartAsync($$$"""
            {{{text}}}: {"type": "string", "variants": { {{{text}}}: {{{text}}}, "b": "b"}, "rules": [{"id": {{{text}}}, "when": {"attribute": "plan", "equals": {{{text}}} }, "serve": {{{text}}} }], "default": "b", "metadata": { {{{text}}}: {{{text}}}, "owner": {{{text}}} } }
            """);
        var key = page.Page().Snapshot.Flags.Single().Key;
        page.Diagnostics.Definitions[key] = name;
        page.Status = page.Status with
        {
            Guards = [SomeState.Guard(key, name, GuardResult.Bad) with { Variant = name, Against = name, Promise = name }],
            Ramps = [SomeState.Ramp(key, name) with { WaitsFor = [name] }],
            Experiments = [SomeState.Experiment(key, ExperimentHint.Mismatch) with { Experiment = name, Variants = [new(name, 0.5, 1), new("b", 0.5, 9)] }],
            Control = SomeState.Tripped(SomeState.Trip(key, name, name) with { Variant = name, Evidence = name }) with
            {
                Overrides = [new FlagOverride { Flag = key, Variant = name, HasEffect = true, By = name, Reason = name, Since = PageUnderTest.Now }],
            },
        };
        page.Trail = [new() { Kind = ControlActKind.Override, By = name, Reason = name, At = PageUnderTest.Now, Flag = key, FromVariant = name, ToVariant = name }];
        page.Serve((key, name, 3), (key, "gone", 1), (key, null, 1));
        var query = "?key=" + Uri.EscapeDataString(key);

        foreach (var screen in new[] { page.Draw(new FlagsScreen(), "?q=" + Uri.EscapeDataString(name.Length > 200 ? "x" : "b")), page.Draw(new FlagScreen(), query, mayAct: true), page.Draw(new ExperimentsScreen()), page.Draw(new FlagScreen(), query + "%20unknown"), page.Draw(new FlagsScreen(), query.Replace("key", "q", StringComparison.Ordinal) + "zzz") })
            Check(screen, name);
        var one = page.Draw(new FlagScreen(), query);
        if (name.Length > 200)
            one.Descendants("h1").Single().Value.Should().Be(name[..200] + '…');
        one.Value.Contains(Sdk.Pages.SafeText.Escape(name), StringComparison.Ordinal).Should().BeTrue("a long name is there in full too");
        page.StatusCode.Should().Be(200);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"guards\": 5, \"rules\": {}, \"default\": []}")]
    [InlineData("{\"guards\": [5, {\"id\": 5}, {\"id\": \"errors\", \"limit\": \"x\", \"kind\": 1, \"probe\": 3}], \"rules\": [5, {\"id\": \"canary\", \"serve\": {\"rollout\": {\"steps\": [5, {\"percent\": 1e300}, {\"percent\": \"x\"}, {\"percent\": 5, \"at\": \"x\"}]}}}]}")]
    [InlineData("not json")]
    public async Task ADefinitionOfAnotherFormCostsNothingButItsFacts(string definition)
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("new-checkout"));
        page.Diagnostics.Definitions["new-checkout"] = definition;
        page.Status = page.Status with { Guards = [SomeState.Guard()], Ramps = [SomeState.Ramp()] };

        page.Draw(new FlagScreen(), "?key=new-checkout").Value.Should().Contain("Guard errors: bad outcomes of on");
    }

    private static void Check(XElement screen, string name)
    {
        screen.DescendantsAndSelf().Select(static element => element.Name.LocalName).Should().NotContain(["script", "img", "iframe", "style", "object"]);
        screen.Descendants().SelectMany(static element => element.Attributes()).Should().OnlyContain(static attribute => !attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) && attribute.Name.LocalName != "style");
        screen.Descendants().Attributes("id").Select(static id => id.Value).Should().OnlyHaveUniqueItems().And.OnlyContain(static id => !id.Any(char.IsWhiteSpace));
        screen.Descendants("a").Attributes("href").Should().OnlyContain(static link => !link.Value.Contains(':') && !link.Value.StartsWith('/'));
        screen.ToString().Should().NotContainAny("\u202E", "\u2066");
        screen.Descendants("a").Attributes("href").Where(static link => link.Value.StartsWith("flag?key=", StringComparison.Ordinal))
            .Select(static link => Uri.UnescapeDataString(link.Value["flag?key=".Length..])).Should().AllBe(name);
    }
}
