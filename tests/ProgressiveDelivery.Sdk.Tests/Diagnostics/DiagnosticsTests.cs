using System.Reflection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Diagnostics;

public class DiagnosticsTests
{
    private static readonly string[] Ids =
        [.. typeof(DiagnosticId).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void EveryIdHasAPageAndEveryPageAnId()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs", "diagnostics"), "PD*.md").Select(Path.GetFileNameWithoutExtension);

        pages.Should().BeEquivalentTo(Ids);
    }

    [Fact]
    public void IndexListsEveryPageOnceInOrder()
    {
        var index = File.ReadAllLines(Repository.PathOf("docs", "diagnostics", "README.md"));

        index.Where(line => line.StartsWith("| [PD", StringComparison.Ordinal)).Select(line => line[3..9]).Should().Equal(Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryIdIsMadeBySomeFactoryAsOneSentenceThatSaysWhatToDo()
    {
        var made = Factories().Select(factory => (SnapshotDiagnostic)factory.Invoke(null, [.. factory.GetParameters().Select(Argument)])!).ToList();

        made.Select(diagnostic => diagnostic.Id).Distinct().Should().BeEquivalentTo(Ids);
        made.Should().OnlyContain(diagnostic => diagnostic.Path == "$.somewhere");
        foreach (var diagnostic in made)
        {
            diagnostic.Message.Should().MatchRegex(@"^[^\n]+[^.]\. [A-Z][^\n]+\.$", "{0} says what is wrong and what to do", diagnostic.Id);
            diagnostic.Message.Should().NotContain("..");
        }
    }

    [Fact]
    public void SeveritiesFollowTheIds()
    {
        foreach (var factory in Factories().Where(factory => factory.Name != nameof(DiagnosticCatalog.UnreadableMember)))
        {
            var diagnostic = (SnapshotDiagnostic)factory.Invoke(null, [.. factory.GetParameters().Select(Argument)])!;
            var expected = (diagnostic.Id[..4] == "PD10" && diagnostic.Id != DiagnosticId.VersionFarAhead) || diagnostic.Id == "PD1134" ? DiagnosticSeverity.Fatal
                : diagnostic.Id is DiagnosticId.VersionFarAhead or "PD1120" or "PD1121" or "PD1124" or "PD1126" or "PD1131" or "PD1135" or "PD1136" or "PD1144" || IsOfAGuard(diagnostic) ? DiagnosticSeverity.Warning
                : DiagnosticSeverity.Error;
            diagnostic.Severity.Should().Be(expected, diagnostic.Id);
        }
    }

    [Fact]
    public void NearestKnownNameIsSuggested() =>
        DiagnosticCatalog.UndefinedVariant("$", "f", "On", ["off", "on"]).Message.Should().Be("Flag 'f': variant 'On' is not among its variants (did you mean 'on'?). Define it, or name another.");

    [Fact]
    public void UserTextIsCutAndKeptOnOneLine()
    {
        DiagnosticCatalog.Quote("a\nb\u0000c").Should().Be("'a\uFFFDb\uFFFDc'");
        DiagnosticCatalog.Quote(new string('x', 81)).Should().Be($"'{new string('x', 80)}…'");
    }

    // A guard, gate or blackout does not cost its flag.
    private static bool IsOfAGuard(SnapshotDiagnostic diagnostic) =>
        string.CompareOrdinal(diagnostic.Id, DiagnosticId.InvalidDuration) > 0 && string.CompareOrdinal(diagnostic.Id, DiagnosticId.InvalidBlackout) <= 0;

    private static IEnumerable<MethodInfo> Factories() =>
        typeof(DiagnosticCatalog).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(SnapshotDiagnostic));

    private static object? Argument(ParameterInfo parameter) => parameter.Name switch
    {
        "path" => "$.somewhere",
        "remedy" => "Write another.",
        _ when parameter.ParameterType == typeof(string) => "x",
        _ when parameter.ParameterType == typeof(DiagnosticSubject) => (DiagnosticSubject)"f",
        _ when parameter.ParameterType == typeof(IEnumerable<string>) || parameter.ParameterType == typeof(IReadOnlyCollection<string>) => new[] { "a", "b" },
        _ => Activator.CreateInstance(parameter.ParameterType),
    };
}
