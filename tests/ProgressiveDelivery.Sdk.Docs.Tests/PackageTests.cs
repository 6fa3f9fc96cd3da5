using System.Xml.Linq;
using FluentAssertions;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>What a gallery of packages shows of each package.</summary>
public sealed class PackageTests
{
    // The limit of nuget.org.
    private const int MaxReleaseNotes = 35_000;

    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void FrontPageSaysHowToAddThePackageAndShowsItRun(string package)
    {
        var page = Page.Load($"src/{package}/README.md");

        page.Text.Should().StartWith($"# {package}\n");
        page.Blocks[0].Code.Should().Be($"dotnet add package {package}\n");
        page.Blocks.Should().Contain(block => block.Language == "csharp" && block.Marker == null);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void FrontPageHasNoLinkThatAGalleryCannotFollow(string package) =>
        Page.Load($"src/{package}/README.md").Targets.Where(target => !target.StartsWith("https://", StringComparison.Ordinal)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void ProjectDescribesThePackage(string package)
    {
        var project = XDocument.Load(Repository.PathOf($"src/{package}/{package}.csproj"));

        project.Descendants("Description").Should().ContainSingle().Which.Value.Should().EndWith(".");
        project.Descendants("PackageTags").Should().ContainSingle().Which.Value.Split(';').Should().Contain("feature-flags").And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void ChangelogFitsIntoReleaseNotes() => Page.Load("CHANGELOG.md").Text.Length.Should().BeLessThan(MaxReleaseNotes);
}
