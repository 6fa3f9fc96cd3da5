using System.Text;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>What else a page promises: links that lead somewhere, snapshots that are accepted, a front page that is read to its end.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    public static TheoryData<string, int> Snapshots
    {
        get
        {
            var found = new TheoryData<string, int>();
            foreach (var block in Repository.Pages.SelectMany(page => Page.Load(page).Blocks))
                if (block.Language == "json" && block.Marker is null && block.Code.Contains($"\"{SnapshotJson.Schema}\"", StringComparison.Ordinal)) found.Add(block.Page, block.Line);
            return found;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkLeadsToAFile(string name)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(name))!;

        var broken = Page.Load(name).Links
            .Where(link => !Uri.IsWellFormedUriString(link, UriKind.Absolute))
            .Where(link => !Path.Exists(Path.Combine(folder, link)));

        broken.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Snapshots))]
    public async Task EverySnapshotShownIsAcceptedWithoutAComplaint(string name, int line)
    {
        var document = Page.Load(name).Blocks.Single(block => block.Line == line).Code;
        await using var provider = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromDocument(document)).BuildServiceProvider();
        var features = provider.GetRequiredService<IFeatureClient>();

        var status = await features.WaitUntilReadyAsync();
        var (definition, diagnostics) = SnapshotJson.Read(Encoding.UTF8.GetBytes(document));

        status.Cause?.Message.Should().BeNull();
        diagnostics.Should().BeEmpty();
        definition!.Flags.Select(flag => features.Explain(flag.Key, EvaluationContext.Empty).Error).Should().OnlyContain(error => error == null);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/guides/backends/README.md")]
    [InlineData("docs/guides/backends/flagd.md")]
    public void APageAboutBackendsSaysWhichPackageToAdd(string name)
    {
        var packages = Page.Load(name).Text.Split('\n').Where(line => line.StartsWith("dotnet add package ", StringComparison.Ordinal)).Select(line => line.Split(' ')[3]).ToList();

        packages.Should().Contain(package => package.StartsWith("ProgressiveDelivery.Sdk.Backends.", StringComparison.Ordinal));
        packages.Should().OnlyContain(package => Directory.Exists(Repository.PathOf("src/" + package)));
    }

    [Fact]
    public void TheFrontPageStaysUnder900Words()
    {
        var words = Page.Load("README.md").Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

        words.Should().HaveCountLessThan(900);
    }
}
