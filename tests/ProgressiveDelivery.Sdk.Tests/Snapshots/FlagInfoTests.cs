using System.Text.Json;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

/// <summary>The flags of a snapshot, for pages and tools.</summary>
public sealed class FlagInfoTests
{
    [Fact]
    public void FlagTellsWhatWasDefined()
    {
        var flag = Only("""
            { "type": "boolean", "clientVisible": true, "offVariant": "off", "variants": { "on": true, "off": false },
              "requires": [ { "flag": "payments", "variants": ["on"] } ],
              "rules": [
                { "id": "nl", "when": { "attribute": "country", "equals": "NL" }, "serve": "on" },
                { "serve": { "experiment": { "key": "checkout-test", "split": { "on": 50, "off": 50 } } } } ],
              "default": { "rollout": { "to": "on", "steps": [ { "at": "2026-11-23T12:00:00Z", "percent": 1 }, { "at": "2026-11-24T12:00:00Z", "percent": 100 } ] } },
              "metadata": { "owner": "shop" } }
            """);

        flag.Should().BeEquivalentTo(new
        {
            Key = "f",
            Type = FlagType.Boolean,
            Version = (long?)null,
            IsEnabled = true,
            IsClientVisible = true,
            DependsOnTime = true,
            OffVariant = "off",
            Prerequisites = new[] { "flag 'payments' is 'on'" },
            Experiments = new[] { "checkout-test" },
            Overlay = (EvaluationReason?)null,
            Defect = (string?)null,
            Default = "1 % from 2026-11-23T12:00:00Z to 100 % from 2026-11-24T12:00:00Z of targetingKey: 'on'",
        });
        flag.Rules.Select(rule => rule.ToString()).Should().Equal("nl: if country equals \"NL\": 'on'", "#2: experiment 'checkout-test', of targetingKey: 'on' 50, 'off' 50");
        flag.Metadata["owner"].GetString().Should().Be("shop");
        flag.Variants.Select(variant => (variant.Name, variant.Value.ValueKind)).Should().Equal(("on", JsonValueKind.True), ("off", JsonValueKind.False));
    }

    [Theory]
    [InlineData("""{ "all": [ { "attribute": "age", "atLeast": 18 }, { "any": [ { "segment": "beta" }, { "not": { "attribute": "plan", "in": ["free", "trial"] } } ] } ] }""", "age atLeast 18 and (in segment 'beta' or not plan in \"free\", \"trial\")")]
    [InlineData("""{ "attribute": "plan", "exists": false }""", "plan does not exist")]
    [InlineData("""{ "between": ["2026-11-23T12:00:00Z", "2026-11-24T00:00:00+01:00"] }""", "from 2026-11-23T12:00:00Z until 2026-11-23T23:00:00Z")]
    [InlineData("""{ "schedule": { "days": ["Mon", "Fri"], "from": "09:00", "to": "17:30", "timeZone": "Europe/Amsterdam" } }""", "on Monday, Friday from 09:00 to 17:30 in Europe/Amsterdam")]
    [InlineData("""{ "attribute": "name", "equals": "a\nb\u001b[31m" }""", "name equals \"a\uFFFDb\uFFFD[31m\"")]
    [InlineData("""{ "attribute": "plan", "in": ["a", "b", "c", "d", "e", "f", "g"] }""", "plan in \"a\", \"b\", \"c\", \"d\", \"e\", … (7 in all)")]
    public void ConditionIsToldInWords(string when, string text) =>
        Only($$"""{ "type": "boolean", "variants": { "on": true, "off": false }, "rules": [ { "when": {{when}}, "serve": "on" } ], "default": "off" }""").Rules.Single().Condition.Should().Be(text);

    [Fact]
    public void EveryFormOfConditionAndOutcomeHasWords()
    {
        var forms = typeof(ConditionDefinition).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && (type.IsSubclassOf(typeof(ConditionDefinition)) || type.IsSubclassOf(typeof(OutcomeDefinition))));
        var source = File.ReadAllText(Support.Repository.PathOf("src", "ProgressiveDelivery.Sdk", "Definitions", "DefinitionText.cs"));

        forms.Should().OnlyContain(form => source.Contains($"        {form.Name} ", StringComparison.Ordinal));
    }

    [Fact]
    public void DefinitionsNestedWithoutEndAreCutShort()
    {
        ConditionDefinition when = new SegmentCondition("beta");
        for (var i = 0; i < 10_000; i++)
            when = new NotCondition(when);

        DefinitionText.Of(when).Length.Should().BeLessThan(100);
    }

    [Fact]
    public void OverlaidAndBrokenFlagsTellIt()
    {
        var flags = Flags(
            Some.Snapshot(Some.Flag("killed"), Some.Text("broken", "a").When(Some.Equal("plan", "x"), "undefined")),
            LocalOverlay.None.With(OverlayEntry.Of(new SnapshotKill(9, "killed", "off"))));

        flags.Select(flag => (flag.Key, flag.Overlay, flag.Defect is not null)).Should().Equal(("killed", EvaluationReason.Killed, false), ("broken", null, true));
    }

    [Fact]
    public void VariantWithoutAValueHasItsState()
    {
        var variant = Flags(Some.Snapshot(Some.Of("f", FlagType.String, new VariantDefinition { Name = "off", Value = VariantValue.None, Enabled = false }))).Single().Variants.Single();

        (variant.Name, variant.Value.ValueKind, variant.IsEnabled).Should().Be(("off", JsonValueKind.Undefined, false));
    }

    [Fact]
    public void FlagsAreDescribedOnce()
    {
        var snapshot = Some.Flag().Open();

        snapshot.Flags.Should().BeSameAs(snapshot.Flags);
    }

    private static FlagInfo Only(string flag)
    {
        var read = SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes($$"""{ "schema": "progressive-delivery/1", "version": 1, "segments": { "beta": { "include": ["ada"] } }, "flags": { "payments": true, "f": {{flag}} } }"""));
        return Flags(read.Definition ?? throw new InvalidOperationException(string.Join("; ", read.Diagnostics))).Single(one => one.Key == "f");
    }

    private static IReadOnlyList<FlagInfo> Flags(SnapshotDefinition definition, LocalOverlay? overlay = null) =>
        new FeatureSnapshot(SnapshotCompiler.Compile(definition, new(), overlay).Rules, SnapshotOrigin.Source, Some.Services()) { Definition = definition }.Flags;
}
