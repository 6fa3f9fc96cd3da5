using System.Security.Cryptography;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Signing;

public sealed class SnapshotSignatureTests : IDisposable
{
    private readonly Signer _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void TextReadsBackAsTheSameSignature()
    {
        var signature = _signer.Sign("text");

        SnapshotSignature.TryParse(signature.ToString(), out var read).Should().BeTrue();

        read!.KeyId.Should().Be("2026-a");
        read.Value.ToArray().Should().Equal(signature.Value.ToArray()).And.HaveCount(64);
        signature.ToString().Should().MatchRegex("^key=2026-a, sig=[A-Za-z0-9_-]{86}$");
    }

    [Theory]
    [InlineData("key=k, sig=AAAA")]
    [InlineData("sig=AAAA,key=k")]
    [InlineData("  key=k ,\tsig=AAAA, alg=es256\r\n")]
    public void OrderSpaceAndOtherParametersDoNotMatter(string text)
    {
        SnapshotSignature.TryParse(text, out var signature).Should().BeTrue();

        (signature!.KeyId, signature.Value.Length).Should().Be(("k", 3));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("key=k")]
    [InlineData("sig=AAAA")]
    [InlineData("key=, sig=AAAA")]
    [InlineData("key=a b, sig=AAAA")]
    [InlineData("key=k\n, sig=AAAA\u0001")]
    [InlineData("key=k, sig=")]
    [InlineData("key=k, sig=A")]
    [InlineData("key=k, sig=AAAA====")]
    [InlineData("key=k, sig=A+/A")]
    [InlineData("KEY=k, SIG=AAAA")]
    [InlineData("key=k, key=l, sig=AA AA")]
    public void OtherTextIsNone(string? text)
    {
        SnapshotSignature.TryParse(text, out var signature).Should().BeFalse();

        signature.Should().BeNull();
    }

    [Fact]
    public void EndlessTextIsNotEvenTakenApart() =>
        SnapshotSignature.TryParse($"key=k, sig={new string('A', 100_000)}", out _).Should().BeFalse();

    [Fact]
    public void AnyBytesSurviveTheText()
    {
        for (var length = 1; length < 70; length++)
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            Base64Url.Decode(Base64Url.Encode(bytes)).Should().Equal(bytes);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("é")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public void IdThatTextCannotHoldIsTheCallersMistake(string id) =>
        FluentActions.Invoking(() => new SnapshotSignature(id, default)).Should().Throw<ArgumentException>().WithParameterName("keyId");

    [Fact]
    public void KeyOnAnotherCurveSignsNothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        FluentActions.Invoking(() => SnapshotSignature.Sign(key, "k", [])).Should().Throw<ArgumentException>().WithParameterName("key");
    }
}
