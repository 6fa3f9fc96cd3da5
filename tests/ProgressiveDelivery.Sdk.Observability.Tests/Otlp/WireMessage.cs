using System.Text;
using Google.Protobuf;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>A message of Protocol Buffers by the numbers of its fields, without a schema.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    public WireMessage(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
            _fields.Add((WireFormat.GetTagFieldNumber(tag), Read(input, WireFormat.GetTagWireType(tag))));
    }

    /// <summary>The messages of a repeated field.</summary>
    public IEnumerable<WireMessage> Messages(int field) => Values<byte[]>(field).Select(bytes => new WireMessage(bytes));

    /// <summary>The message of a field.</summary>
    public WireMessage Message(int field) => Messages(field).Single();

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<WireMessage> Path(params int[] fields) => fields.Aggregate((IEnumerable<WireMessage>)[this], static (messages, field) => messages.SelectMany(message => message.Messages(field)));

    /// <summary>The text of a field; null if it is absent.</summary>
    public string? Text(int field) => Bytes(field) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The bytes of a field; null if it is absent.</summary>
    public byte[]? Bytes(int field) => Values<byte[]>(field).SingleOrDefault();

    /// <summary>The number of a field, fixed or not; null if it is absent.</summary>
    public ulong? Number(int field) => Values<ulong>(field).Cast<ulong?>().SingleOrDefault();

    private IEnumerable<TValue> Values<TValue>(int field) => _fields.Where(one => one.Field == field).Select(one => (TValue)one.Value);

    private static object Read(CodedInputStream input, WireFormat.WireType type) => type switch
    {
        WireFormat.WireType.Varint => input.ReadUInt64(),
        WireFormat.WireType.Fixed64 => input.ReadFixed64(),
        WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
        WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
        _ => throw new InvalidDataException($"Wire type {type} is not in OTLP."),
    };
}
