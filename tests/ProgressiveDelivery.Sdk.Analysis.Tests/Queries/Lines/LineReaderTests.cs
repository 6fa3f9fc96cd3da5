using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Lines;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a\n", "1 a")]
    [InlineData("a\nbc", "1 a", "2 bc!")]
    [InlineData("\n\na\r\n\n", "1 ", "2 ", "3 a\r", "4 ")]
    [InlineData("12345678\n1234567", "1 12345678", "2 1234567!")]
    [InlineData("123456789\nab\n", "1 12345678~", "2 ab")]
    [InlineData("123456781234567812345678", "1 12345678~!")]
    [InlineData("a\n12345678123456781\nb", "1 a", "2 12345678~", "3 b!")]
    public void StreamIsCutAtNewlines(string text, params string[] expected)
    {
        foreach (var chunk in (int[])[1, 3, 100])
        {
            var reader = new LineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), maxLength: 8);
            var lines = new List<string>();
            while (reader.TryRead(out var line))
                lines.Add($"{reader.Number} {Encoding.UTF8.GetString(line)}{(reader.IsTooLong ? "~" : "")}{(reader.IsEnded ? "" : "!")}");

            lines.Should().Equal(expected, $"chunks of {chunk}");
        }
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
