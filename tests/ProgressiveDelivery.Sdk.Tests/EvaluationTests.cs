namespace ProgressiveDelivery.Sdk.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void DefaultValueSaysNothingAndThrowsNothing()
    {
        var none = default(Evaluation<bool>);

        none.Value.Should().BeFalse();
        none.Variant.Should().BeNull();
        none.Rule.Should().BeNull();
        none.Error.Should().BeNull();
        none.SnapshotVersion.Should().Be(0);
        none.Origin.Should().Be(SnapshotOrigin.None);
        none.Age.Should().BeNull();
        none.ToString().Should().Be("False (fallback, NotReady)");
    }

    [Fact]
    public void FakesCanMakeThem()
    {
        var made = new Evaluation<string>("value", EvaluationReason.RuleMatch, "variant");

        made.Should().Match<Evaluation<string>>(answer => answer.Value == "value" && answer.Variant == "variant" && answer.Rule == null && answer.Error == null);
        made.ToString().Should().Be("value (variant, RuleMatch)");
    }

    [Fact]
    public void ProvenanceComesFromTheSnapshot()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Monday);
        var flags = (Some.Snapshot(Some.Flag().When(null, id: "everybody")) with { Version = 42 }).Open(Some.Services(clock));

        flags.EvaluateBoolean("flag", new("u")).Age.Should().BeNull();
        flags.Confirm();
        clock.Advance(TimeSpan.FromSeconds(7));
        var evaluation = flags.EvaluateBoolean("flag", new("u"));

        evaluation.SnapshotVersion.Should().Be(42);
        evaluation.Origin.Should().Be(SnapshotOrigin.Source);
        evaluation.Age.Should().Be(TimeSpan.FromSeconds(7));
        evaluation.Rule.Should().Be("everybody");
    }

    [Fact]
    public void MetadataIsTheFlags()
    {
        using var note = System.Text.Json.JsonDocument.Parse("""{ "team": "checkout" }""");
        var snapshot = Some.Snapshot(Some.Flag() with { Metadata = new Dictionary<string, System.Text.Json.JsonElement> { ["owner"] = note.RootElement } }).Open();

        snapshot.EvaluateBoolean("flag", EvaluationContext.Empty).Metadata["owner"].GetProperty("team").GetString().Should().Be("checkout");
        snapshot.EvaluateString("flag", EvaluationContext.Empty, null).Metadata.Should().ContainKey("owner");
        snapshot.Explain("flag", EvaluationContext.Empty).Metadata.Should().ContainKey("owner");
        snapshot.EvaluateBoolean("unknown", EvaluationContext.Empty).Metadata.Should().BeEmpty();
        new Evaluation<bool>(true, EvaluationReason.Default).Metadata.Should().BeEmpty();
    }
}
