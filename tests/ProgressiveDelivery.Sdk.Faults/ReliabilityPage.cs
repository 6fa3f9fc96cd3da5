using System.Reflection;
using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Faults;

/// <summary>The tables of docs/reliability.md.</summary>
internal static partial class ReliabilityPage
{
    private const string Page = "docs/reliability.md";
    private const int Columns = 4;

    /// <summary>A scenario, and what the page says plays it.</summary>
    public sealed record Row(string Id, string PlayedBy)
    {
        /// <summary>The tests named.</summary>
        public IReadOnlyList<string> Tests => [.. PlayedBy.Split('`').Where((_, i) => i % 2 == 1)];
    }

    public static IReadOnlyList<Row> Rows { get; } =
    [
        .. File.ReadLines(Repository.PathOf(Page.Split('/')))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|'))
            .Where(cells => cells.Length == Columns && char.IsAsciiDigit(cells[0].Trim()[^1]))
            .Select(cells => new Row(cells[0].Trim(), cells[3].Trim())),
    ];

    /// <summary>Every test of this project, by name, with the scenarios that it says it plays.</summary>
    public static ILookup<string, string> ScenariosOfTests { get; } =
        typeof(ReliabilityPage).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<ScenarioAttribute>().Select(scenario => (method.Name, scenario.Id)))
            .ToLookup(test => test.Name, test => test.Id);

    /// <summary>The names of the methods that look like tests, of every test project.</summary>
    public static IReadOnlySet<string> TestsOfAllProjects { get; } = TestsBelow("tests").ToHashSet();

    /// <summary>The names of the methods that look like tests, of every test project but this one.</summary>
    public static IReadOnlySet<string> TestsOfOtherProjects { get; } =
        Directory.EnumerateDirectories(Repository.PathOf("tests"))
            .Select(project => Path.GetFileName(project))
            .Where(project => project != typeof(ReliabilityPage).Namespace)
            .SelectMany(project => TestsBelow("tests", project))
            .ToHashSet();

    private static IEnumerable<string> TestsBelow(params string[] folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => TestName().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^ {4}public (?:async Task|Task|void) (\w+)\(")]
    private static partial Regex TestName();
}
