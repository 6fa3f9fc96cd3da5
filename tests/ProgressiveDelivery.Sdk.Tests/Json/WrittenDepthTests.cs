using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Definitions built in code that no reader would take are not written, and little is written before.</summary>
public sealed class WrittenDepthTests
{
    public static TheoryData<string, string> Parts => new()
    {
        { "condition", "*Flag 'deep'*256*" },
        { "lists of conditions", "*Flag 'deep'*256*" },
        { "segment", "*Segment 'deep'*256*" },
        { "operand", "*Flag 'deep'*operand*'country'*" },
        { "shared operand", "*Flag 'deep'*operand*'country'*" },
        { "metadata", "*Flag 'deep'*256*" },
        { "context", "*assertion*'own'*" },
        { "shared context", "*assertion*'own'*" },
        { "context of a kind", "*assertion*'own'*" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void P19_PartThatNoReaderTakesIsRejected(string part, string message)
    {
        var output = new ArrayBufferWriter<byte>();
        var snapshot = With(part, part == "metadata" ? 2_000 : 200_000);    // A deeper document takes the parser long.

        var write = () => SnapshotJson.Write(snapshot, output);

        write.Should().Throw<ArgumentException>().WithMessage(message);
        output.WrittenCount.Should().BeLessThan(1_000_000);
        KeptSnapshot.Write(snapshot, new(), out var fault).Should().BeNull();
        fault.Should().Match(message);
        KeptSnapshot.LengthOf(snapshot).Should().BeNull();
    }

    [Theory]
    [InlineData("condition", 200)]
    [InlineData("lists of conditions", 100)]
    [InlineData("segment", 200)]
    [InlineData("metadata", 200)]
    [InlineData("context", 200)]
    public void PartThatAReaderTakesIsWrittenAndReadBack(string part, int levels)
    {
        var output = new ArrayBufferWriter<byte>();
        var snapshot = With(part, levels);

        SnapshotJson.Write(snapshot, output);

        var (definition, found) = SnapshotJson.Read(output.WrittenMemory, new SnapshotLimits { MaxDepth = 256 });
        found.Should().BeEmpty();
        definition!.Segments.Should().BeEquivalentTo(snapshot.Segments, options => options.ComparingByValue<SegmentDefinition>());
        definition.Assertions.Should().Equal(snapshot.Assertions);
        JsonSerializer.Serialize(definition.Flags.Select(flag => flag.Metadata), Deep).Should().Be(JsonSerializer.Serialize(snapshot.Flags.Select(flag => flag.Metadata), Deep));
        definition.Flags.Select(flag => flag with { Metadata = new Dictionary<string, JsonElement>() }).Should().Equal(snapshot.Flags.Select(flag => flag with { Metadata = new Dictionary<string, JsonElement>() }));
    }

    [Fact]
    public void LevelsCountFromWhereTheWriterIs()
    {
        using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>(), new() { MaxDepth = 2_000 });
        for (var i = 0; i < 500; i++)
            writer.WriteStartArray();

        SnapshotJson.Write(With("condition", 200), writer);

        writer.CurrentDepth.Should().Be(500);
    }

    [Fact]
    public void MemberThatIsNullIsAFaultAndNoCrash()
    {
        var snapshot = Some.Snapshot(Some.Flag("f").When(new AllCondition([null!])));

        KeptSnapshot.Write(snapshot, new(), out var fault).Should().BeNull();

        fault.Should().NotBeNullOrEmpty();
    }

    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 1_000 };

    private static SnapshotDefinition With(string part, int levels) => part switch
    {
        "condition" => Some.Snapshot(Some.Flag("own"), Some.Flag("deep").When(Not(levels))),
        "lists of conditions" => Some.Snapshot(Some.Flag("own"), Some.Flag("deep").When(Enumerable.Range(0, levels).Aggregate((ConditionDefinition)new SegmentCondition("s"), (inner, _) => new AllCondition([inner])))),
        "segment" => Some.Snapshot(Some.Flag("own")) with { Segments = [new() { Name = "deep", When = Not(levels) }] },
        "operand" => Some.Snapshot(Some.Flag("deep").When(Some.That("country", AttributeOperator.Equals, Shared.Nested(levels, "NL")))),
        "shared operand" => Some.Snapshot(Some.Flag("deep").When(Some.That("country", AttributeOperator.Equals, Shared.List(40, "NL")))),
        "metadata" => Some.Snapshot(Some.Flag("deep") with { Metadata = new Dictionary<string, JsonElement> { ["m"] = Nested(levels) } }),
        "context" => Asserted(new EvaluationContext("ada") { ["v"] = Shared.Nested(levels, 1) }),
        "shared context" => Asserted(new EvaluationContext("ada") { ["v"] = Shared.Object(40, "x") }),
        _ => Asserted(new EvaluationContext("ada").WithKind("device", new EvaluationContext("d") { ["v"] = Shared.Nested(levels, 1) })),
    };

    private static SnapshotDefinition Asserted(EvaluationContext context) =>
        Some.Snapshot(Some.Flag("own")) with { Assertions = [new() { Flag = "own", Context = context, Variant = "on" }] };

    private static ConditionDefinition Not(int levels) =>
        Enumerable.Range(0, levels).Aggregate((ConditionDefinition)new SegmentCondition("beta"), (inner, _) => new NotCondition(inner));

    private static JsonElement Nested(int levels)
    {
        using var document = JsonDocument.Parse(new string('[', levels) + new string(']', levels), new() { MaxDepth = int.MaxValue });
        return document.RootElement.Clone();
    }
}
