using System.Text;
using System.Text.Json;
using CsCheck;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class RoundTripTests
{
    [Fact]
    public void CompleteDocumentSurvivesAsItsDefinitions()
    {
        var first = Documents.Read(Documents.Complete).Definition!;

        var written = Documents.Write(first);
        var second = SnapshotJson.Read(written);

        second.Diagnostics.Should().BeEmpty();
        Encoding.UTF8.GetString(Documents.Write(second.Definition!)).Should().Be(Encoding.UTF8.GetString(written));
        ShouldBeSame(second.Definition!, first);
    }

    [Fact]
    public void MembersAreWrittenInTheOrderOfTheFormat()
    {
        using var written = JsonDocument.Parse(Documents.Write(Documents.Read(Documents.Complete).Definition!));

        written.RootElement.EnumerateObject().Select(member => member.Name).Should().Equal(
            "schema", "version", "environment", "publishedAt", "change", "expiresAt", "segments", "layers", "holdouts", "flags", "assertions");
        written.RootElement.GetProperty("flags").GetProperty("new-checkout").EnumerateObject().Select(member => member.Name).Should().Equal(
            "type", "variants", "enabled", "offVariant", "requires", "rules", "default", "guards", "attempt", "track", "clientVisible", "metadata");
    }

    [Fact]
    public void WhatHasADefectIsLeftOut()
    {
        var defect = new SnapshotDiagnostic("PD1101", DiagnosticSeverity.Error, "$", "x");
        var snapshot = new SnapshotDefinition
        {
            Version = 1,
            Flags = [new() { Key = "bad", Type = FlagType.Boolean, Defect = defect }, new() { Key = "good", Type = FlagType.Boolean, Variants = [new() { Name = "on", Value = true }] }],
            Segments = [new() { Name = "bad", Defect = defect }],
            Layers = [new() { Name = "bad", Defect = defect }],
            Holdouts = [new() { Name = "bad", Percent = 0, Defect = defect }],
        };

        var read = SnapshotJson.Read(Documents.Write(snapshot)).Definition!;

        read.Flags.Should().ContainSingle().Which.Key.Should().Be("good");
        read.Segments.Should().BeEmpty();
        read.Layers.Should().BeEmpty();
        read.Holdouts.Should().BeEmpty();
    }

    [Fact]
    public void CollectionOfWhichNothingIsLeftIsNotWritten()
    {
        var defect = new SnapshotDiagnostic("PD1101", DiagnosticSeverity.Error, "$", "x");
        var snapshot = new SnapshotDefinition { Version = 1, Segments = [new() { Name = "bad", Defect = defect }] };

        Documents.Write(snapshot).Should().Equal(Documents.Write(new() { Version = 1 }));
    }

    [Fact]
    public void EmptySnapshotIsWrittenSoThatItIsAccepted() =>
        SnapshotJson.Read(Documents.Write(new() { Version = 1 })).Definition.Should().NotBeNull();

    [Fact]
    public void UnknownOperatorSurvives()
    {
        var first = Documents.ReadCondition("""{ "attribute": "a", "soundsLike": { "x": 1 } }""").Definition!;

        SnapshotJson.Read(Documents.Write(first)).When<UnknownOperatorCondition>().Should().Be(new UnknownOperatorCondition { Attribute = "a", Operator = "soundsLike" });
    }

    [Fact]
    public void NumberThatJsonCannotHoldIsACallersFault()
    {
        var snapshot = new SnapshotDefinition { Version = 1, Flags = [new() { Key = "f", Type = FlagType.Number, Variants = [new() { Name = "a", Value = double.NaN }] }] };

        FluentActions.Invoking(() => Documents.Write(snapshot)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void GeneratedDefinitionsSurvive() => SomeDefinitions.Snapshot.Sample(first =>
    {
        var written = Documents.Write(first);
        var second = SnapshotJson.Read(written);

        second.Diagnostics.Should().BeEmpty();
        Documents.Write(second.Definition!).Should().Equal(written);
        ShouldBeSame(second.Definition!, first);
    }, iter: 300, seed: "0000KOIxc0v4");

    private static void ShouldBeSame(SnapshotDefinition actual, SnapshotDefinition expected) =>
        actual.Should().BeEquivalentTo(expected, options => options
            .RespectingRuntimeTypes()
            .WithStrictOrdering()
            .ComparingByValue<AttributeValue>()
            .ComparingByValue<VariantValue>()
            .ComparingByValue<EvaluationContext>()
            .Using<JsonElement>(context => context.Subject.GetRawText().Should().Be(context.Expectation.GetRawText())).WhenTypeIs<JsonElement>());
}
