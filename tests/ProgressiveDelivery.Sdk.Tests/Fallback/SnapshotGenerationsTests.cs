using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class SnapshotGenerationsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeFileSystem _files = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NewestComesFirstWhateverOrderTheyWereWrittenIn()
    {
        var generations = OnDisk();
        foreach (var version in new long[] { 10, 9, long.MaxValue }) (await WriteAsync(generations, version)).IsDone.Should().BeTrue();

        Versions(generations).Should().Equal(long.MaxValue, 10, 9);
    }

    [Fact]
    public async Task OldestGoesWhenThereAreEnough()
    {
        var generations = OnDisk();

        for (var version = 1; version <= 6; version++) await WriteAsync(generations, version);

        Versions(generations).Should().Equal(6, 5, 4);
        Directory.GetFiles(_folder.Path).Should().HaveCount(3);
        (await generations.ReadAsync(5, default)).Document.ToArray().Should().Equal(Text(5));
        (await generations.ReadAsync(1, default)).Outcome.Should().Be(FallbackOutcome.Missing);
    }

    [Fact]
    public async Task WhatIsNewerThanTheOneWrittenIsNotOursToPrune()
    {
        var generations = OnDisk();
        for (var version = 11; version <= 13; version++) await WriteAsync(generations, version);

        for (var version = 1; version <= 4; version++) await WriteAsync(generations, version);

        Versions(generations).Should().Equal(13, 12, 11, 4, 3, 2);
    }

    [Fact]
    public async Task SameTextIsNotWrittenAgainAndAnotherOneReplacesItWhole()
    {
        var generations = InMemory();
        await WriteAsync(generations, 1);
        var writes = 0;
        _files.Before = operation => writes += operation == "Write" ? 1 : 0;

        await WriteAsync(generations, 1);
        writes.Should().Be(0);
        await generations.WriteAsync(new("f", 1, [new(Text(99))]), default);

        writes.Should().Be(1);
        (await generations.ReadAsync(1, default)).Document.ToArray().Should().Equal(Text(99));
    }

    [Fact]
    public async Task TextsComeBackWithTheirSignatures()
    {
        using var signer = new Signer();
        SignedText[] texts = [signer.Signed("a\nb"), signer.Signed(""), new("unsigned"u8.ToArray())];

        await OnDisk().WriteAsync(new("f", 7, texts), default);
        var read = (await OnDisk().ReadAsync(7, default)).Texts;

        read.Select(text => (Encoding.UTF8.GetString(text.Bytes.Span), text.Signature?.ToString()))
            .Should().Equal(texts.Select(text => (Encoding.UTF8.GetString(text.Bytes.Span), text.Signature?.ToString())));
    }

    [Theory]
    [InlineData("Write")]
    [InlineData("Replace")]
    public async Task FullDiskCostsNoneOfThemAndLeavesNoRubbish(string failing)
    {
        var generations = InMemory();
        for (var version = 1; version <= 3; version++) await WriteAsync(generations, version);
        _files.Before = operation =>
        {
            if (operation == failing) throw new IOException("No space left on device", 28);
        };

        var writing = await WriteAsync(generations, 4);
        _files.Before = _ => { };

        writing.Fault.Should().Contain("No space left on device");
        Versions(generations).Should().Equal(3, 2, 1);
        _files.Files.Should().HaveCount(3);
    }

    [Fact]
    public async Task WriteThatFailsPrunesNothing()
    {
        for (var version = 1; version <= 4; version++) await WriteAsync(new("/fake/stem", ["f"], 1_000, 4, _files, _time), version);
        _files.Before = operation =>
        {
            if (operation == "Replace") throw new IOException("No space left on device", 28);
        };

        (await WriteAsync(InMemory(), 5)).IsDone.Should().BeFalse();

        Versions(InMemory()).Should().Equal(4, 3, 2, 1);
    }

    [Fact]
    public async Task AnyTextThatDiffersIsWritten()
    {
        await InMemory().WriteAsync(new("f", 1, [new(Text(1)), new(Text(2))]), default);
        await InMemory().WriteAsync(new("f", 1, [new(Text(1)), new(Text(9))]), default);

        (await InMemory().ReadAsync(1, default)).Texts[1].Bytes.ToArray().Should().Equal(Text(9));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task FileMayHaveAsManyBytesAsAreReadBack(int more, bool isWritten)
    {
        StoredSnapshot Of(int length) => new("f", 1, [new(new byte[500]), new(new byte[length])]);
        var room = StoredSnapshot.MaxFile(1_000) - Of(1_000).Write().Sum(piece => piece.Length);

        var writing = await InMemory().WriteAsync(Of(1_000 + room + more), default);

        writing.IsDone.Should().Be(isWritten);
        (await InMemory().ReadAsync(1, default)).Outcome.Should().Be(isWritten ? FallbackOutcome.Found : FallbackOutcome.Missing);
    }

    [Fact]
    public async Task NewerOnesAreSetAsideByOneThatSupersedesThemAndTheHighestStays()
    {
        foreach (var version in new long[] { 9, 8, 7, 3 }) await WriteAsync(InMemory(), version);

        await InMemory().WriteAsync(new("f", 7, [new(Text(70))]) { Supersedes = true }, default);

        Versions(InMemory()).Should().Equal(7, 3);
        StoredSnapshot.Open(_files.Files["/fake/stem.superseded"].Content, out var aside);
        aside!.Version.Should().Be(9);
    }

    [Fact]
    public async Task OneThatCannotBePrunedDoesNotFailTheWrite()
    {
        var generations = InMemory();
        for (var version = 1; version <= 3; version++) await WriteAsync(generations, version);
        _files.Before = operation =>
        {
            if (operation == "Delete") throw new UnauthorizedAccessException();
        };

        (await WriteAsync(generations, 4)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task FolderThatCannotBeLookedAtIsToldNotThrown()
    {
        var generations = InMemory();
        await WriteAsync(generations, 1);
        _files.Before = operation =>
        {
            if (operation == "Find") throw new UnauthorizedAccessException("No permission.");
        };

        generations.Find(out var fault).Should().BeEmpty();

        fault.Should().Contain("cannot be looked for").And.Contain("No permission.");
    }

    [Fact]
    public void MissingFolderHasNone()
    {
        new SnapshotGenerations(_folder.File("none/stem"), ["f"], 1_000, 3, new DiskFileSystem(), _time).Find(out var fault).Should().BeEmpty();

        fault.Should().BeNull();
    }

    [Fact]
    public async Task OtherFilesAreNone()
    {
        var generations = OnDisk();
        await WriteAsync(generations, 1);
        foreach (var name in new[] { "stem.x.snapshot", "stem.-1.snapshot", "stem..snapshot", "other.2.snapshot", "stem.kills", "stem.99999999999999999999.snapshot" })
            await File.WriteAllTextAsync(_folder.File(name), "");

        Versions(generations).Should().Equal(1);
    }

    [Fact]
    public void SweepRemovesOnlyOwnTemporaryFilesOlderThanAnHour()
    {
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        _time.SetUtcNow(now);
        var ages = new Dictionary<string, TimeSpan>
        {
            ["stem.0000000000000000001.snapshot.0123.tmp"] = TimeSpan.FromMinutes(61),
            ["stem.kills.0123.tmp"] = TimeSpan.FromDays(100),
            ["stem.control.0123.tmp"] = TimeSpan.FromMinutes(61),
            ["stem.kills.4567.tmp"] = TimeSpan.FromMinutes(60),
            ["stem.kills.89ab.tmp"] = TimeSpan.Zero,
            ["stem.kills.cdef.tmp"] = TimeSpan.FromDays(-1),
            ["other.kills.0123.tmp"] = TimeSpan.FromDays(100),
            ["stem.0000000000000000001.snapshot"] = TimeSpan.FromDays(100),
            ["stem.kills"] = TimeSpan.FromDays(100),
        };
        foreach (var (name, age) in ages) _files.Files[$"/fake/{name}"] = ([1], now - age);

        InMemory().Sweep();

        _files.Files.Keys.Select(Path.GetFileName).Should().BeEquivalentTo(ages.Keys.Skip(3));
    }

    [Theory]
    [InlineData("Find")]
    [InlineData("Look")]
    [InlineData("Delete")]
    public void DiskThatFailsWhileItIsSweptHarmsNobody(string failing)
    {
        _files.Files["/fake/stem.kills.0123.tmp"] = ([1], _time.GetUtcNow().AddDays(-1));
        _files.Before = operation =>
        {
            if (operation == failing) throw new UnauthorizedAccessException();
        };

        FluentActions.Invoking(InMemory().Sweep).Should().NotThrow();
    }

    [Fact]
    public async Task DamagedOneIsSetAsideAndOnlyTheLast()
    {
        var generations = OnDisk();
        await WriteAsync(generations, 1);
        await WriteAsync(generations, 2);

        foreach (var generation in generations.Find(out _)) generations.SetAside(generation);

        Directory.GetFiles(_folder.Path).Should().Equal(_folder.File("stem.damaged"));
    }

    [Theory]
    [InlineData("a folder with spaces")]
    [InlineData("ünïcödé 😀")]
    [InlineData("[x]*?")]
    [InlineData("..dots..")]
    public async Task FolderMayHaveAnyName(string name)
    {
        if (OperatingSystem.IsWindows()) return;
        var generations = new SnapshotGenerations(Path.Combine(_folder.File(name), "stem"), ["f"], 1_000, 3, new DiskFileSystem(), _time);

        (await WriteAsync(generations, 1)).IsDone.Should().BeTrue();

        Versions(generations).Should().Equal(1);
    }

    [Fact]
    public async Task PathThatIsTooLongIsToldNotThrown()
    {
        var generations = new SnapshotGenerations(Path.Combine(_folder.File(new string('x', 300)), "stem"), ["f"], 1_000, 3, new DiskFileSystem(), _time);

        (await WriteAsync(generations, 1)).Fault.Should().Contain("cannot be written");
        generations.Find(out _).Should().BeEmpty();
        (await generations.ReadAsync(1, default)).Outcome.Should().NotBe(FallbackOutcome.Found);
    }

    [Fact]
    public async Task AnyFlippedBitOfSeveralTextsIsNoticed()
    {
        var generations = OnDisk();
        await generations.WriteAsync(new("f", 1, [new(Text(1)), new(Text(2))]), default);
        var path = generations.Find(out _).Single().Path;
        var whole = await File.ReadAllBytesAsync(path);

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(path, damaged);
            (await generations.ReadAsync(1, default)).Outcome.Should().NotBe(FallbackOutcome.Found, "bit {0} is flipped", bit);
        }
    }

    private static byte[] Text(long version) => Encoding.UTF8.GetBytes($$"""{"version": {{version}}}""");

    private static ValueTask<FallbackWriting> WriteAsync(SnapshotGenerations generations, long version) =>
        generations.WriteAsync(new("f", version, [new(Text(version))]), default);

    private static IEnumerable<long> Versions(SnapshotGenerations generations) => generations.Find(out _).Select(generation => generation.Version);

    private SnapshotGenerations OnDisk() => new(_folder.File("stem"), ["f"], 1_000, 3, new DiskFileSystem(), _time);

    private SnapshotGenerations InMemory() => new("/fake/stem", ["f"], 1_000, 3, _files, _time);
}
