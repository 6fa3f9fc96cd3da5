using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

/// <summary>A file and its signature are two files, and are read as one.</summary>
public sealed class SignedFileTests : IDisposable
{
    private const string FilePath = "/fake/flags.json";

    private readonly Signer _signer = new();
    private readonly FakeFileSystem _files = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public async Task SignatureComesFromTheFileBesideIt()
    {
        Put(Document(1), _signer.Sign(Document(1)) + "\r\n");

        var reading = await Source().ReadAsync(default);

        reading.Signature!.ToString().Should().Be(TextOf(FilePath + ".sig").Trim());
        Believes(reading).Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task FileWithoutASignatureIsGivenWithoutOne(string? signature)
    {
        Put(Document(1), signature);

        (await Read(Source())).Signature.Should().BeNull();
    }

    [Fact]
    public async Task WhileBothAreReplacedTheTwoThatBelongTogetherAreWaitedFor()
    {
        var source = Source();
        Put(Document(1), _signer.Sign(Document(1)).ToString());
        source.Acknowledge(await source.ReadAsync(default));
        Put(Document(2), null);     // the signature is still the old one

        var read = source.ReadAsync(default).AsTask();
        read.IsCompleted.Should().BeFalse();
        Put(null, _signer.Sign(Document(2)).ToString());
        await _time.AdvanceUntilDoneAsync(read, TimeSpan.FromMilliseconds(100));

        var reading = await read;
        Encoding.UTF8.GetString(reading.Document!.Value.Span).Should().Be(Document(2));
        Believes(reading).Should().BeTrue();
    }

    [Fact]
    public async Task SignatureThatIsReplacedFirstDisturbsNobody()
    {
        var source = Source();
        Put(Document(1), _signer.Sign(Document(1)).ToString());
        source.Acknowledge(await source.ReadAsync(default));

        Put(null, _signer.Sign(Document(2)).ToString());
        (await Read(source)).Should().BeSameAs(SnapshotReading.Current);
        Put(Document(2), null);

        Believes(await source.ReadAsync(default)).Should().BeTrue();
    }

    [Fact]
    public async Task SettledWrongSignatureIsReadAndSoIsItsCorrection()
    {
        var source = Source();
        Put(Document(1), _signer.Sign(Document(2)).ToString());

        Believes(await Read(source)).Should().BeFalse();
        Put(null, _signer.Sign(Document(1)).ToString());

        Believes(await source.ReadAsync(default)).Should().BeTrue();
    }

    [Fact]
    public async Task WithoutKeysNoSignatureIsLookedFor()
    {
        Put(Document(1), _signer.Sign(Document(1)).ToString());
        var looks = 0;
        _files.Before = operation => looks += operation == "Look" ? 1 : 0;

        var reading = await new FileSnapshotSource(FilePath, new(), new VersionOnlyFormat(), _files, 1_000_000, _time).ReadAsync(default);

        reading.Signature.Should().BeNull();
        looks.Should().Be(2);
    }

    private static string Document(long version) => $$"""{"version": {{version}}}""";

    private void Put(string? document, string? signature)
    {
        if (document is not null) _files.Put(FilePath, Encoding.UTF8.GetBytes(document));
        if (signature is not null) _files.Put(FilePath + ".sig", Encoding.UTF8.GetBytes(signature));
    }

    private string TextOf(string path) => Encoding.UTF8.GetString(_files.Files[path].Content);

    private bool Believes(SnapshotReading reading) => Keys().FaultOf(new(reading.Document!.Value, reading.Signature)) is null;

    private TrustedKeys Keys() => new(new SignatureOptions().Add("2026-a", _signer.PublicPem));

    private async Task<SnapshotReading> Read(FileSnapshotSource source)
    {
        var read = source.ReadAsync(default).AsTask();
        await _time.AdvanceUntilDoneAsync(read, TimeSpan.FromMilliseconds(100));
        return await read;
    }

    private FileSnapshotSource Source() => new(FilePath, new(), new VersionOnlyFormat(), _files, 1_000_000, _time, Keys());
}
