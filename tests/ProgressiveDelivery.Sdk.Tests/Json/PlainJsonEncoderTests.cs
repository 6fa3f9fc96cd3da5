using System.Buffers;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public sealed class PlainJsonEncoderTests
{
    [Theory]
    [InlineData("plain <b>&amp;'+`</b> text")]
    [InlineData("Пушкин, 東京, ‏עברית‏")]
    [InlineData("😀👨‍👩‍👧‍👦 after")]
    [InlineData("\u007f\u0085\u00a0\u2028\u2029\ufeff\ufffd\uffff")]
    public void WhatJsonCanHoldIsAsLongAsItIs(string text)
    {
        var written = Write(text);

        JsonSerializer.Deserialize<string>(written).Should().Be(text);
        written.Length.Should().Be(Encoding.UTF8.GetByteCount(text) + 2);
    }

    [Theory]
    [InlineData("\"\\\n\r\t", "\"\\\"\\\\\\n\\r\\t\"")]
    [InlineData("\0\u001f😀\"", "\"\\u0000\\u001f😀\\\"\"")]
    [InlineData("😀\"x", "\"😀\\\"x\"")]
    public void WhatItCannotHoldIsEscaped(string text, string expected)
    {
        var written = Write(text);

        Encoding.UTF8.GetString(written).Should().Be(expected);
        JsonSerializer.Deserialize<string>(written).Should().Be(text);
    }

    // No attribute can hold half a pair.
    [Fact]
    public void HalfASurrogatePairIsReplacedAndHarmsNothing()
    {
        (string Text, string Expected)[] cases =
            [("\ud83d", "\ufffd"), ("a\ude00b", "a\ufffdb"), ("\ude00\ud83d", "\ufffd\ufffd"), ("\ud83d\ud83d\ude00", "\ufffd😀"), ("\ud83d\"", "\ufffd\"")];
        foreach (var (text, expected) in cases)
            JsonSerializer.Deserialize<string>(Write(text)).Should().Be(expected);
    }

    [Fact]
    public void EveryCharacterSurvivesWhereverItStands()
    {
        for (var scalar = 0; scalar <= 0x10FFFF; scalar += scalar < 0x3000 ? 1 : 257)
        {
            if (scalar is >= 0xD800 and <= 0xDFFF)
                continue;
            var text = $"a{char.ConvertFromUtf32(scalar)}\"{char.ConvertFromUtf32(scalar)}";
            JsonSerializer.Deserialize<string>(Write(text)).Should().Be(text);
        }
    }

    private static byte[] Write(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new() { Encoder = PlainJsonEncoder.Instance }))
            writer.WriteStringValue(text);
        return output.WrittenSpan.ToArray();
    }
}
