using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

public sealed class SymbolicLinksTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PathWithoutLinksStaysAsItIs() =>
        SymbolicLinks.Follow(_folder.File("a/b.json")).Should().Be(_folder.File("a/b.json"));

    [Fact]
    public void LinkedFoldersAndFilesAreFollowedRelativeToWhereTheyAre()
    {
        Directory.CreateDirectory(_folder.File("real/deep"));
        File.WriteAllText(_folder.File("real/deep/flags.json"), "{}");
        Directory.CreateSymbolicLink(_folder.File("folder"), "real");
        File.CreateSymbolicLink(_folder.File("real/link.json"), "deep/flags.json");

        var target = SymbolicLinks.Follow(_folder.File("folder/link.json"));

        target.Should().Be(_folder.File("real/deep/flags.json"));
    }

    [Fact]
    public void AbsoluteTargetsAreFollowed()
    {
        File.WriteAllText(_folder.File("flags.json"), "{}");
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("flags.json"));

        SymbolicLinks.Follow(_folder.File("link")).Should().Be(_folder.File("flags.json"));
    }
}
