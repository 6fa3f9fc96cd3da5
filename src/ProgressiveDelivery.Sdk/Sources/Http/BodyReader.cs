namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Reads a response's body and decodes it, at most a number of bytes before and after.</summary>
internal sealed class BodyReader(int maximumBytes, HttpFaults faults)
{
    public async ValueTask<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var decode = BodyEncoding.Find(content.Headers.NonValidated, faults);
        if (content.Headers.ContentLength > maximumBytes) throw TooLarge("bytes");

        using var sent = new BoundedBuffer(maximumBytes);
        await FillAsync(sent, content, cancellationToken).ConfigureAwait(false);
        if (decode is null) return sent.ToArray();

        using var decoded = new BoundedBuffer(maximumBytes);
        return decode(sent, decoded) switch
        {
            BodyEncoding.Outcome.Whole => decoded.ToArray(),
            BodyEncoding.Outcome.TooLarge => throw TooLarge("bytes when decompressed"),
            _ => throw faults.CutOff(),
        };
    }

    private async ValueTask FillAsync(BoundedBuffer buffer, HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadAsync(buffer.Free(), cancellationToken).ConfigureAwait(false) is > 0 and var count)
                if (!buffer.TryAdvance(count)) throw TooLarge("bytes");
        }
    }

    private SnapshotSourceException TooLarge(string bytes) =>
        faults.Unacceptable($"a body of more than {maximumBytes} {bytes}", "Make the snapshot smaller, or raise MaximumBytes.");
}
