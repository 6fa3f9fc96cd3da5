using System.Globalization;

namespace ProgressiveDelivery.Sdk.Faults;

/// <summary>docs/reliability.md cannot promise what no test plays.</summary>
public sealed class ReliabilityPageTests
{
    private static readonly (string Group, int Count)[] Groups = [("N", 20), ("P", 19), ("C", 6), ("D", 14), ("T", 10), ("L", 11), ("E", 10), ("G", 5), ("S", 16), ("W", 26)];

    public static TheoryData<string> Scenarios =>
        [.. Groups.SelectMany(group => Enumerable.Range(1, group.Count).Select(i => group.Group + i.ToString(CultureInfo.InvariantCulture))), "R4", "E11", "E12", "E13", "E14", "E15", "X7", "X8"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void ScenarioIsPlayedByATestThatExistsOrThePageSaysWhyNot(string id)
    {
        var row = ReliabilityPage.Rows.Should().ContainSingle(row => row.Id == id).Subject;

        if (row.Tests.Count == 0) row.PlayedBy.Should().MatchRegex("^Not played: .+");
        foreach (var test in row.Tests) ShouldPlay(test, id);
    }

    // What others do wrong is mostly played by a scenario already, or by a test of one part.
    private static void ShouldPlay(string test, string id)
    {
        if (id[0] == 'W' || IsOfAnotherProject(test, id)) ReliabilityPage.TestsOfAllProjects.Should().Contain(test);
        else ReliabilityPage.ScenariosOfTests[test].Should().Contain(id, $"the page says that {test} plays it");
    }

    // Only this project has the attribute. Elsewhere, as for requests, the name of a test says which scenario it plays.
    private static bool IsOfAnotherProject(string test, string id) =>
        ReliabilityPage.TestsOfOtherProjects.Contains(test) && test.StartsWith(Prefix(id), StringComparison.Ordinal);

    [Fact]
    public void EveryTestIsNamedAfterItsScenarioAndListedUnderIt()
    {
        var listed = ReliabilityPage.Rows.ToDictionary(row => row.Id, row => row.Tests);

        foreach (var (test, id) in ReliabilityPage.ScenariosOfTests.SelectMany(test => test.Distinct().Select(id => (test.Key, id))))
        {
            test.Should().StartWith(Prefix(id));
            listed[id].Should().Contain(test);
        }
    }

    // N4 is played by N04_….
    private static string Prefix(string id) => string.Create(CultureInfo.InvariantCulture, $"{id[0]}{int.Parse(id[1..], CultureInfo.InvariantCulture):00}_");
}
