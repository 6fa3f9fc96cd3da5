using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>An event in the form of server-sent events, without its id and its end. Encoded once, and shared by all streams.</summary>
internal sealed class EventText
{
    private static readonly ConditionalWeakTable<SnapshotFeedEvent, Lazy<EventText>> Known = [];
    private static readonly byte[] NewLine = "\n"u8.ToArray();
    private static readonly byte[] DataOfLine = "data: "u8.ToArray();
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    /// <summary>Confirms the rules.</summary>
    public static readonly ReadOnlyMemory<byte> Heartbeat = "event: heartbeat\ndata: {}\n\n"u8.ToArray();

    /// <summary>Keeps the connection, and confirms nothing.</summary>
    public static readonly ReadOnlyMemory<byte> Stale = ": stale\n\n"u8.ToArray();

    private EventText(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => Pieces = pieces;

    /// <summary>The bytes, in pieces: a large document is not copied.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces { get; }

    public static EventText Of(SnapshotFeedEvent accepted) => Known.GetValue(accepted, static accepted => new(() => Encode(accepted))).Value;

    private static EventText Encode(SnapshotFeedEvent accepted)
    {
        var head = accepted.Kind switch
        {
            SnapshotFeedKind.Snapshot => "event: snapshot\ndata: ",
            SnapshotFeedKind.Patch => "event: patch\ndata: ",
            _ => "event: kill\ndata: ",
        };
        var data = accepted.Signature is null ? accepted.Text : Envelope(accepted);
        var pieces = new List<ReadOnlyMemory<byte>> { Encoding.ASCII.GetBytes(head) };
        AddLines(pieces, data);
        return new(pieces);
    }

    // A line break of any kind ends a line of data; a reader joins the lines by line feeds.
    private static void AddLines(List<ReadOnlyMemory<byte>> pieces, ReadOnlyMemory<byte> data)
    {
        var lines = data.Span.IndexOfAny(LineBreaks) < 0 ? data : Split(data.Span);
        pieces.Add(lines);
        pieces.Add(NewLine);
    }

    private static ReadOnlyMemory<byte> Split(ReadOnlySpan<byte> data)
    {
        var output = new ArrayBufferWriter<byte>(data.Length + (data.Length / 8) + 64);
        while (data.IndexOfAny(LineBreaks) is >= 0 and var end)
        {
            output.Write(data[..end]);
            output.Write(NewLine);
            output.Write(DataOfLine);
            data = data[(end + (data[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        output.Write(data);
        return output.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Envelope(SnapshotFeedEvent accepted)
    {
        var output = new ArrayBufferWriter<byte>(accepted.Text.Length + (accepted.Text.Length / 4) + 256);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("key"u8, accepted.Signature!.KeyId);
        json.WriteString("sig"u8, SignatureOf(accepted.Signature));
        json.WriteString("data"u8, accepted.Text.Span);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static string SignatureOf(SnapshotSignature signature)
    {
        var text = signature.ToString();
        return text[(text.LastIndexOf('=') + 1)..];
    }
}
