using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>Usage is what callers were answered, not what a flag decided.</summary>
public sealed class AnsweredUsageTests
{
    private static readonly EvaluationContext User = new("ada");
    private static readonly JsonTypeInfo<int[]> Numbers = (JsonTypeInfo<int[]>)new DefaultJsonTypeInfoResolver().GetTypeInfo(typeof(int[]), new());

    private readonly UsageLedger _ledger = new();

    [Fact]
    public void ValueOfAnotherTypeCountsAsTheFallback()
    {
        var snapshot = Open(Some.Text("text", "red", "blue"));

        snapshot.GetInteger("text", User, 7);
        snapshot.EvaluateInteger("text", User, 7).Reason.Should().Be(EvaluationReason.TypeMismatch);
        snapshot.GetNumber("text", User, 0.5);
        snapshot.IsEnabled("text", User, fallback: true);
        snapshot.IsEnabled("text", User, fallback: false);

        Taken("text", FlagType.String).Should().BeEquivalentTo<Answer>(
            [new(null, "7", null, 2L), new(null, "0.5", null, 1L), new(null, "true", true, 1L), new(null, "false", false, 1L)]);
    }

    [Fact]
    public void JsonThatDoesNotFitCountsAsTheFallback()
    {
        var snapshot = Open(Some.Of("json", FlagType.Json, VariantValue.Json("""{"a":1}""")));

        snapshot.GetJson("json", User, [], Numbers);
        snapshot.EvaluateJson("json", User, [], Numbers);

        Taken("json", FlagType.Json).Should().BeEquivalentTo<Answer>([new(null, null, null, 2L)]);
    }

    [Fact]
    public void FlagThatErrsOrServesNothingCountsAsTheFallback()
    {
        var snapshot = Open(
            Some.Text("broken", "a", "b").When(Some.Equal("plan", "x"), "undefined"),
            Some.Text("nothing", "a") with { Default = null });

        snapshot.EvaluateString("broken", User, "else").Reason.Should().Be(EvaluationReason.Error);
        snapshot.GetString("nothing", User, "else");
        snapshot.GetString("nothing", User, null);
        snapshot.GetString("nothing", User, new string('x', 257));

        Taken("broken", FlagType.String).Should().BeEquivalentTo<Answer>([new(null, "\"else\"", null, 1L)]);
    }

    [Fact]
    public void FallbackWithoutAKeptValueIsCountedAllTheSame()
    {
        var snapshot = Open(Some.Text("nothing", "a") with { Default = null });

        snapshot.GetString("nothing", User, null);
        snapshot.GetString("nothing", User, new string('x', 257));
        snapshot.GetNumber("nothing", User, double.NaN);
        snapshot.GetString("nothing", User, "a \"b\"");

        Taken("nothing", FlagType.String).Should().BeEquivalentTo<Answer>([new(null, null, null, 3L), new(null, "\"a \\\"b\\\"\"", null, 1L)]);
    }

    [Fact]
    public void IntegerBeyondTheTypeAskedCountsAsTheFallback()
    {
        var snapshot = Open(Some.Of("big", FlagType.Integer, long.MaxValue));

        snapshot.Value(new FeatureFlag<int>("big", 3), User).Should().Be(3);
        snapshot.Value(new FeatureFlag<long>("big", 3), User).Should().Be(long.MaxValue);

        Taken("big", FlagType.Integer).Should().BeEquivalentTo<Answer>([new(null, "3", null, 1L), new("only", "9223372036854775807", null, 1L)]);
    }

    [Fact]
    public void FlagWithTwoFacetsCountsTheOneThatWasAnswered()
    {
        var snapshot = Open(Some.Of("two", FlagType.String, new VariantDefinition { Name = "blue", Value = "sky", Enabled = true }, new VariantDefinition { Name = "bare", Value = VariantValue.None, Enabled = true })
            .When(Some.Equal("plan", "bare"), "bare"));
        var bare = User.With("plan", "bare");

        snapshot.IsEnabled("two", User);
        snapshot.GetString("two", User, "else");
        snapshot.EvaluateBoolean("two", User);
        snapshot.GetInteger("two", User, 7);
        snapshot.GetString("two", bare, "else");
        snapshot.EvaluateBoolean("two", bare);

        Taken("two", FlagType.String).Should().BeEquivalentTo<Answer>(
        [
            new(null, "true", true, 1L),                   // asked for nothing else
            new("blue", "\"sky\"", true, 2L),              // its value, and its name
            new(null, "7", null, 1L),                      // of another type
            new(null, "\"else\"", true, 1L),               // a variant without a value
            new("bare", null, true, 1L),   // its name
        ]);
    }

    [Fact]
    public void FallbacksThatCallersComposeDoNotFillTheMemory()
    {
        var snapshot = Open(Some.Text("nothing", "a") with { Default = null });

        for (var i = 0; i < FallbackCounts.MaxFallbacks + 500; i++)
            snapshot.GetString("nothing", User, $"user-{i}");

        var taken = Taken("nothing", FlagType.String);
        taken.Should().HaveCount(FallbackCounts.MaxFallbacks + 1);
        taken.Single(answer => answer.Value is null).Count.Should().Be(500);
    }

    [Fact]
    public void LookingCountsNothing()
    {
        var snapshot = Open(Some.Text("text", "red"));

        snapshot.Look(new FeatureFlag<string>("text", ""), User);
        snapshot.Look(new FeatureFlag<long>("text", 7), User);

        _ledger.Take().IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void CountingAllocatesNothing()
    {
        var snapshot = Open(Some.Text("text", "red", "blue").When(Some.Equal("plan", "x"), "blue"));

        Allocated.By(() =>
        {
            snapshot.GetString("text", User, "else");
            snapshot.GetInteger("text", User, 7);
            snapshot.GetNumber("text", User, 0.5);
            snapshot.IsEnabled("text", User, fallback: true);
            snapshot.EvaluateInteger("text", User, 7);
        }).Should().Be(0);
    }

    private Answer[] Taken(string flag, FlagType type) =>
        [.. _ledger.Take().All.Where(answer => answer.Key.Flag == flag && answer.Key.Type == type).Select(answer => new Answer(answer.Key.Variant, answer.Key.Value, answer.Key.IsEnabled, answer.Value))];

    private FeatureSnapshot Open(params FlagDefinition[] flags)
    {
        var shared = Some.Services();
        var snapshot = Some.Snapshot(flags).Open(new SnapshotServices(shared.Clock, shared.Evaluation, shared.UnknownFlags, usage: _ledger));
        return snapshot.InForce(isHeld: false, SnapshotChangeCause.Source, snapshot);
    }

    private sealed record Answer(string? Variant, string? Value, bool? IsEnabled, long Count);
}
