using ProgressiveDelivery.Sdk.Fallback;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class FallbackPathTests
{
    private static readonly string Folder = Path.GetFullPath("/var/lib/app");

    [Theory]
    [InlineData("checkout")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b\\c:d*e?f\0g")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("ПриветTürkçe😀")]
    [InlineData("CON")]
    public void NoNameLeavesTheFolder(string client)
    {
        var path = FallbackPath.Of(Folder, client, "https://example.com/../x");

        Path.GetFullPath(path).Should().Be(path);
        Path.GetDirectoryName(path).Should().Be(Folder);
        Path.GetFileName(path).Should().MatchRegex("^[A-Za-z0-9_]*-[0-9a-f]{32}$");
    }

    [Fact]
    public void LongNamesStayShortAndApart()
    {
        var first = FallbackPath.Of(Folder, new string('a', 10_000) + "1", "source");
        var second = FallbackPath.Of(Folder, new string('a', 10_000) + "2", "source");

        first.Should().NotBe(second);
        Path.GetFileName(first).Length.Should().BeLessThan(100);
    }

    [Fact]
    public void ClientAndSourceBothTellFilesApart()
    {
        var paths = new[] { ("a", "bc"), ("ab", "c"), ("a", "b"), ("a/b", "c"), ("a_b", "c") }.Select(p => FallbackPath.Of(Folder, p.Item1, p.Item2));

        paths.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void NextRunFindsTheSamePath() =>
        FallbackPath.Of(Folder, "default", "https://example.com/snapshot")
            .Should().Be(Path.Combine(Folder, "default-2dad9c63592efc8e4a3a0efcb98e17b2"));
}
