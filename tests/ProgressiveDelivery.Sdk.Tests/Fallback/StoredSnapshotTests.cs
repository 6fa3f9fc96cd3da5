using System.Globalization;
using System.IO.Hashing;
using System.Text;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class StoredSnapshotTests
{
    [Theory]
    [InlineData("1 1", "3 -\nabc\n", true)]
    [InlineData("1 2", "3 -\nabc\n0 -\n\n", true)]
    [InlineData("1 0", "", true)]
    [InlineData("1 2", "3 -\nabc\n", false)]
    [InlineData("1 1", "4 -\nabc\n", false)]
    [InlineData("1 1", "5 -\nabc\n", false)]
    [InlineData("1 1", "9223372036854775807 -\nabc\n", false)]
    [InlineData("1 1", "-1 -\nabc\n", false)]
    [InlineData("1 1", "x -\nabc\n", false)]
    [InlineData("1 1", "3\nabc\n", false)]
    [InlineData("1 1", "3 -", false)]
    [InlineData("-1 1", "3 -\nabc\n", false)]
    [InlineData("x 1", "3 -\nabc\n", false)]
    [InlineData("1 x", "3 -\nabc\n", false)]
    public void FileThatContradictsItselfIsCorruptThoughItsChecksumIsRight(string versionAndTexts, string rest, bool isFound)
    {
        var outcome = StoredSnapshot.Open(File($"PDLKG1 f {versionAndTexts}", rest), out var stored);

        outcome.Should().Be(isFound ? FallbackOutcome.Found : FallbackOutcome.Corrupt);
        (stored is not null).Should().Be(isFound);
    }

    [Fact]
    public void FileOfAnotherMagicIsCorruptThoughItsChecksumIsRight() =>
        StoredSnapshot.Open(File("PDLKG2 f 1 1", "3 -\nabc\n"), out _).Should().Be(FallbackOutcome.Corrupt);

    [Theory]
    [InlineData(StoredSnapshot.MaxHead - 1, FallbackOutcome.Truncated)]
    [InlineData(StoredSnapshot.MaxHead, FallbackOutcome.Corrupt)]
    internal void FirstLineThatDoesNotEndIsCorruptOnceItIsTooLong(int length, FallbackOutcome outcome) =>
        StoredSnapshot.Open(Encoding.ASCII.GetBytes(new string('P', length)), out _).Should().Be(outcome);

    [Fact]
    public void AnyFormatNameAndVersionComeBack()
    {
        var written = new StoredSnapshot("a b\n%é/1", long.MaxValue, [new("x"u8.ToArray())]);

        StoredSnapshot.Open(written.Write().SelectMany(piece => piece.ToArray()).ToArray(), out var stored).Should().Be(FallbackOutcome.Found);

        stored.Should().BeEquivalentTo(new { written.Format, written.Version, Supersedes = false });
    }

    [Fact]
    public void FileIsNeverLargerThanItsBound()
    {
        var text = new SignedText(new byte[100]);

        new StoredSnapshot("f", long.MaxValue, [text]).Write().Sum(piece => piece.Length).Should().BeLessThanOrEqualTo(StoredSnapshot.MaxFile(100));
        StoredSnapshot.MaxFile(100).Should().Be(100 + StoredSnapshot.MaxHead + StoredSnapshot.MaxTextHead);
        StoredSnapshot.MaxFile(int.MaxValue).Should().Be(Array.MaxLength);
    }

    private static byte[] File(string head, string rest)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{head} {Encoding.ASCII.GetByteCount(rest)} ");
        var checksum = XxHash128.HashToUInt128(Encoding.ASCII.GetBytes(line + rest)).ToString("x32", CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes($"{line}{checksum}\n{rest}");
    }
}
