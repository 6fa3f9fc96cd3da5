namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Reads a response's body and decodes it, at most a number of bytes before and after.</summary>
internal sealed class BodyReader(HttpEndpoint endpoint, HttpFaults faults)
{
    public async ValueTask<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // A browser has decoded the body, and may show the header all the same.
        var decoders = endpoint.Options.IsInBrowser ? [] : BodyEncoding.Find(content.Headers.NonValidated, faults);
        if (content.Headers.ContentLength > endpoint.MaxBytes) throw TooLarge("bytes");

        using var sent = new BoundedBuffer(endpoint.MaxBytes);
        await FillAsync(sent, content, cancellationToken).ConfigureAwait(false);
        return Decode(sent, decoders);
    }

    private byte[] Decode(BoundedBuffer sent, ReadOnlySpan<BodyEncoding.Decoder> decoders)
    {
        if (decoders.IsEmpty || sent.Length == 0) return sent.ToArray();

        using var decoded = new BoundedBuffer(endpoint.MaxBytes);
        return decoders[0](sent, decoded) switch
        {
            BodyEncoding.Outcome.Whole => Decode(decoded, decoders[1..]),
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
        faults.Unacceptable($"a body of more than {endpoint.MaxBytes} {bytes}", "Make the snapshot smaller, or raise Limits.MaxBytes.");
}
