using System.Text;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Every member of every object in the schema, misspelt in every usual way, in a document that is valid without.</summary>
public sealed class MisspeltMemberTests
{
    private const string Valid = """
        {
          "schema": "progressive-delivery/1", "version": 1, "flags": {
            "f": { "type": "string", "variants": { "yes": "Y", "no": "N" }, "requires": [ { "flag": "g", "variants": ["on"] } ],
                   "rules": [ { "id": "a", "when": { "attribute": "country", "equals": "NL", "ignoreCase": true }, "serve": "yes" },
                              { "when": { "schedule": { "days": ["Mon"], "from": "09:00", "to": "17:00", "timeZone": "UTC" } }, "serve": { "rollout": { "to": "yes", "percent": 5 }, "else": "no" } },
                              { "when": { "flag": "g", "is": ["on"] }, "serve": { "rollout": { "to": { "split": { "yes": 1 } }, "steps": [ { "at": "2026-12-01T09:00:00Z", "percent": 1, "gate": { "minimumTime": "1h" } } ], "blackouts": [ { "days": ["Fri"], "from": "16:00" } ] } } },
                              { "serve": { "experiment": { "key": "x", "layer": "l", "holdout": "h", "split": { "yes": 1, "no": 1 }, "sticky": { "version": 1 } } } } ],
                   "guards": [ { "id": "errors", "kind": "error", "variant": "yes", "limit": 0.1, "then": "no", "probe": { "wait": "1m" } },
                               { "id": "other", "kind": "error", "variant": "yes", "limit": 0.1, "then": { "revert": "no" } } ],
                   "default": "no", "metadata": { "enable": 1, "anything": true } },
            "g": true
          },
          "change": { "by": "kim", "why": "x" },
          "segments": { "s": { "include": ["u"] } }, "layers": { "l": { "by": "targetingKey" } }, "holdouts": { "h": { "percent": 5 } },
          "assertions": [ { "flag": "g", "context": { "targetingKey": "u", "varient": 1 }, "variant": "on" } ]
        }
        """;

    /// <summary>Where the document has an object of each kind, and what it belongs to: a flag, a group, or the whole.</summary>
    private static readonly (string Kind, string[] Path, Owner Owner)[] Places =
    [
        ("snapshot", [], Owner.Document),
        ("change", ["change"], Owner.Document),
        ("assertion", ["assertions", "0"], Owner.Document),
        ("segment", ["segments", "s"], Owner.Group),
        ("layer", ["layers", "l"], Owner.Group),
        ("holdout", ["holdouts", "h"], Owner.Group),
        ("flag", ["flags", "f"], Owner.Flag),
        ("prerequisite", ["flags", "f", "requires", "0"], Owner.Flag),
        ("rule", ["flags", "f", "rules", "0"], Owner.Flag),
        ("condition", ["flags", "f", "rules", "0", "when"], Owner.Flag),
        ("condition", ["flags", "f", "rules", "2", "when"], Owner.Flag),
        ("schedule", ["flags", "f", "rules", "1", "when", "schedule"], Owner.Flag),
        ("serve", ["flags", "f", "rules", "1", "serve"], Owner.Flag),
        ("serve", ["flags", "f", "rules", "2", "serve", "rollout", "to"], Owner.Flag),
        ("rollout", ["flags", "f", "rules", "1", "serve", "rollout"], Owner.Flag),
        ("step", ["flags", "f", "rules", "2", "serve", "rollout", "steps", "0"], Owner.Flag),
        ("gate", ["flags", "f", "rules", "2", "serve", "rollout", "steps", "0", "gate"], Owner.Gate),
        ("schedule", ["flags", "f", "rules", "2", "serve", "rollout", "blackouts", "0"], Owner.Blackout),
        ("guard", ["flags", "f", "guards", "0"], Owner.Guard),
        ("probe", ["flags", "f", "guards", "0", "probe"], Owner.Guard),
        ("response", ["flags", "f", "guards", "1", "then"], Owner.Guard),
        ("experiment", ["flags", "f", "rules", "3", "serve", "experiment"], Owner.Flag),
        ("sticky", ["flags", "f", "rules", "3", "serve", "experiment", "sticky"], Owner.Flag),
    ];

    public enum Owner
    {
        Document,
        Group,
        Flag,
        Guard,
        Gate,
        Blackout,
    }

    public static TheoryData<string, string> Members
    {
        get
        {
            var members = new TheoryData<string, string>();
            foreach (var (place, member) in Places.SelectMany(place => Known(place.Kind).Select(member => (string.Join('/', place.Path), member))))
                members.Add(place, member);
            return members;
        }
    }

    [Fact]
    public void DocumentIsValid() => Read(JsonNode.Parse(Valid)!).Diagnostics.Should().BeEmpty();

    [Fact]
    public void EveryObjectOfTheSchemaIsProbed() =>
        Places.Select(place => place.Kind).Should().Contain(SnapshotSchema.Root.GetProperty("$defs").EnumerateObject()
            .Where(definition => definition.Value.TryGetProperty("properties", out _) && definition.Name != "context")
            .Select(definition => definition.Name));

    [Theory]
    [MemberData(nameof(Members))]
    public void MemberThatIsMisspeltIsNeverPassedOverInSilence(string where, string member)
    {
        var (kind, path, owner) = Places.Single(place => string.Join('/', place.Path) == where);
        foreach (var misspelt in Misspellings(member).Where(name => !Known(kind).Contains(name)))
        {
            var root = JsonNode.Parse(Valid)!;
            var target = At(root, path);
            Rename(target, member, misspelt);

            var result = Read(root);

            ShouldBeJudged(result, misspelt, MeantBy(misspelt, Known(kind).Where(name => !target.ContainsKey(name))), owner);
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void MisspellingBesideTheMemberItselfIsAWarning(string where, string member)
    {
        var (kind, path, owner) = Places.Single(place => string.Join('/', place.Path) == where);
        foreach (var misspelt in Misspellings(member).Where(name => !Known(kind).Contains(name)))
        {
            var root = JsonNode.Parse(Valid)!;
            var target = At(root, path);
            if (!target.ContainsKey(member))
                continue;
            target[misspelt] = 1;

            ShouldBeJudged(Read(root), misspelt, MeantBy(misspelt, Known(kind).Where(name => !target.ContainsKey(name))), owner);
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void NameThatBeginsWithXIsFree(string where, string member)
    {
        var root = JsonNode.Parse(Valid)!;
        At(root, Places.Single(place => string.Join('/', place.Path) == where).Path)["x-" + member] = 1;

        Read(root).Diagnostics.Should().BeEmpty();
        Read(root, SnapshotReadModes.Strict).Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void StrictModeRefusesWhatIsOnlyAWarningOtherwise(string where, string member)
    {
        var (_, path, owner) = Places.Single(place => string.Join('/', place.Path) == where);
        var root = JsonNode.Parse(Valid)!;
        At(root, path)[$"certainly-no-{member}"] = null;

        var (lenient, strict) = (Read(root), Read(root, SnapshotReadModes.Strict));

        lenient.Diagnostics.Should().BeEmpty("null is absent");
        strict.Diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Id = "PD1144", Severity = owner == Owner.Document ? DiagnosticSeverity.Fatal : DiagnosticSeverity.Error });
        ShouldCost(strict, owner is Owner.Guard or Owner.Gate or Owner.Blackout ? Owner.Flag : owner, parts: false);
    }

    [Fact]
    public void AuthorIsToldOfEveryFaultOfTheWhole()
    {
        var result = SnapshotJson.Read("""{ "schema": "progressive-delivery/1", "version": 1, "flags": {}, "color": 1, "asertions": [], "shape": 2 }"""u8.ToArray(), SnapshotReadModes.Strict);

        result.Definition.Should().BeNull();
        result.Diagnostics.Select(found => found.Path).Should().BeEquivalentTo("$.color", "$.asertions", "$.shape");
    }

    [Fact]
    public void UnknownOperatorIsAnErrorForAuthors() =>
        SnapshotJson.Read(Encoding.UTF8.GetBytes(Documents.With(""" "flags": { "f": { "type": "boolean", "rules": [ { "when": { "attribute": "a", "soundsLike": 1 }, "serve": "on" } ] } } """)), SnapshotReadModes.Strict)
            .ShouldBeMalformed("PD1144").Path.Should().Be("$.flags['f'].rules[0].when.soundsLike");

    [Theory]
    [InlineData("""{ "shcema": "progressive-delivery/1", "version": 1, "flags": {} }""", "schema")]
    [InlineData("""{ "schema": "progressive-delivery/1", "Version": 1, "flags": {} }""", "version")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1, "flag": {} }""", "flags")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1, "flags": {}, "asertions": [] }""", "assertions")]
    public void MisspeltMemberAtTheTopIsWhatRefusesTheDocument(string document, string meant) =>
        Documents.Read(document).ShouldBeRefused("PD1143").Message.Should().Contain($"near '{meant}'");

    [Fact]
    public void NameThatIsNoTextIsToldAsItIsWritten() =>
        Documents.ReadFlag(""" "\ud800": 1 """).Diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1144", Path = """$.flags['f']['\\ud800']""" });

    [Fact]
    public void MisspeltMemberThatIsNullIsAsGoodAsAbsent() =>
        Documents.ReadFlag(""" "enabl": null, "DEFAULT": null, "shape": null """).Diagnostics.Should().BeEmpty();

    [Fact]
    public void FreeNamesAreFreeHoweverTheyAreWritten() =>
        Documents.Read("""{ "\u0024schema": "s", "schema": "progressive-delivery/1", "version": 1, "\u0078-note": 1, "flags": {} }""").Diagnostics.Should().BeEmpty();

    [Fact]
    public void NameThatIsNoTextIsToldAtTheTopToo() =>
        Documents.Read(Documents.With(""" "flags": {}, "\ud800l": true """)).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1144");

    [Fact]
    public void SameUnknownMemberIsToldOncePerObject()
    {
        var result = Documents.ReadFlag(""" "shape": 1, "shape": 2, "shap\u0065": 3 """);

        result.Diagnostics.Should().ContainSingle().Which.Path.Should().Be("$.flags['f'].shape");
    }

    [Theory]
    [InlineData("""{ "baseVersion": 1, "verison": 2 }""", "version", "The patch: a patch")]
    [InlineData("""{ "basVersion": 1, "version": 2 }""", "baseVersion", "The patch: a patch")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "publishedat": "2026-11-22T10:00:00Z" }""", "publishedAt", "The patch: a patch")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "SET": { } }""", "set", "The patch: a patch")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "removed": { } }""", "remove", "The patch: a patch")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "flag": { } } }""", "flags", "The patch: 'set'")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "segmens": { } } }""", "segments", "The patch: 'set'")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "remove": { "Flags": [] } }""", "flags", "The patch: 'remove'")]
    public void MisspeltMemberOfAPatchRefusesIt(string patch, string meant, string begins)
    {
        var (read, diagnostics) = new PatchReader(new()).Read(Encoding.UTF8.GetBytes(patch));

        read.Should().BeNull();
        var refusal = diagnostics.Should().ContainSingle().Subject;
        refusal.Should().BeEquivalentTo(new { Id = "PD1143", Severity = DiagnosticSeverity.Fatal });
        refusal.Message.Should().StartWith(begins).And.Contain($"near '{meant}'");
    }

    [Fact]
    public void MisspeltMemberOfAFlagInAPatchQuarantinesThatFlag()
    {
        var (patch, diagnostics) = new PatchReader(new()).Read("""
            { "baseVersion": 1, "version": 2, "set": { "flags": { "bad": { "type": "boolean", "enable": false }, "good": true }, "segments": { "s": { "inclued": ["u"] } } } }
            """u8.ToArray());

        patch!.Flags.Select(flag => flag.Defect?.Id).Should().Equal("PD1143", null);
        patch.Segments.Should().ContainSingle().Which.Defect!.Id.Should().Be("PD1143");
        diagnostics.Select(found => found.Path).Should().Equal("$.set.flags['bad'].enable", "$.set.segments['s'].inclued");
    }

    [Theory]
    [InlineData("""{ "verson": 1, "flag": "f", "variant": "off" }""", "version")]
    [InlineData("""{ "version": 1, "Flag": "f", "variant": "off" }""", "flag")]
    [InlineData("""{ "version": 1, "flag": "f", "varaint": "off" }""", "variant")]
    public void MisspeltMemberOfAKillRefusesIt(string kill, string meant)
    {
        new KillReader(new()).Read(Encoding.UTF8.GetBytes(kill), out var fault).Should().BeNull();

        fault.Should().BeEquivalentTo(new { Id = "PD1143", Severity = DiagnosticSeverity.Fatal });
        fault!.Message.Should().StartWith("The kill: a kill").And.Contain($"near '{meant}'");
    }

    [Fact]
    public void ManyUnknownMembersAreReadInTimeThatGrowsWithThem()
    {
        var members = string.Join(",", Enumerable.Range(0, 200_000).Select(i => $"\"enabl{i}\": 1"));

        var result = Documents.ReadFlag(members);

        result.Diagnostics.Should().HaveCountLessThanOrEqualTo(1_000);
        result.Flag().Defect!.Id.Should().Be("PD1143");
    }

    private static void ShouldBeJudged(SnapshotReadResult result, string misspelt, HashSet<string> meant, Owner owner)
    {
        if (meant.Count == 0)
        {
            result.Diagnostics.Should().NotContain(found => found.Id == "PD1143", $"'{misspelt}' is near nothing that is absent");
            if (result.Definition is not null)
                result.Diagnostics.Should().Contain(found => (found.Id == "PD1144" || found.Id == "PD1121" || found.Severity == DiagnosticSeverity.Error), $"'{misspelt}' is not passed over");
            return;
        }

        var fault = result.Diagnostics.Should().ContainSingle($"'{misspelt}' is near {string.Join(", ", meant)}").Subject;
        fault.Id.Should().Be("PD1143");
        fault.Message.Should().MatchRegex($"near '({string.Join('|', meant)})'( or '({string.Join('|', meant)})')*\\. Write ");
        meant.Should().OnlyContain(name => fault.Message.Contains($"'{name}'", StringComparison.Ordinal));
        fault.Path.Should().EndWith(misspelt);
        ShouldCost(result, owner);
    }

    private static void ShouldCost(SnapshotReadResult result, Owner owner, bool parts = true)
    {
        if (owner == Owner.Document)
        {
            result.Definition.Should().BeNull();
            return;
        }

        var snapshot = result.Definition!;
        snapshot.Flags.Select(flag => flag.Defect is not null).Should().Equal(owner == Owner.Flag, false);
        new[] { snapshot.Segments[0].Defect, snapshot.Layers[0].Defect, snapshot.Holdouts[0].Defect }.Count(defect => defect is not null)
            .Should().Be(owner == Owner.Group ? 1 : 0);
        if (parts)
            PartsThatAreFaulty(snapshot.Flags[0]).Should().Equal(owner is Owner.Guard or Owner.Gate or Owner.Blackout ? [owner] : []);
    }

    private static IEnumerable<Owner> PartsThatAreFaulty(FlagDefinition flag)
    {
        if (flag.Guards.Any(guard => guard.Defect is not null))
            yield return Owner.Guard;
        if (flag.Rules.Count < 3 || flag.Rules[2].Serve is not RolloutOutcome { Steps: [{ Gate: { } gate }], Blackouts: [var blackout] })
            yield break;
        if (gate.Defect is not null)
            yield return Owner.Gate;
        if (blackout == new ScheduleCondition())
            yield return Owner.Blackout;
    }

    private static SnapshotReadResult Read(JsonNode document, SnapshotReadModes modes = SnapshotReadModes.None) =>
        SnapshotJson.Read(Encoding.UTF8.GetBytes(document.ToJsonString()), modes);

    private static JsonObject At(JsonNode root, string[] path) =>
        (JsonObject)path.Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);

    // One that is not there is added, so that a member of every kind is tried.
    private static void Rename(JsonObject target, string member, string misspelt)
    {
        var value = target[member]?.DeepClone() ?? JsonValue.Create(1);
        target.Remove(member);
        target[misspelt] = value;
    }

    private static HashSet<string> Known(string kind)
    {
        var definition = kind == "snapshot" ? SnapshotSchema.Root : SnapshotSchema.Root.GetProperty("$defs").GetProperty(kind);
        if (!definition.TryGetProperty("properties", out var properties))
            properties = definition.GetProperty("anyOf")[1].GetProperty("properties");
        return [.. properties.EnumerateObject().Select(member => member.Name).Where(name => name != "$schema")];
    }

    private static IEnumerable<string> Misspellings(string name)
    {
        yield return name.ToUpperInvariant();
        yield return char.ToUpperInvariant(name[0]) + name[1..];
        for (var i = 0; i < name.Length; i += 2)
        {
            yield return name.Remove(i, 1);
            yield return name.Insert(i, name[i].ToString());
            yield return string.Concat(name.AsSpan(0, i), "q", name.AsSpan(i + 1));
            if (i > 0 && name[i] != name[i - 1])
                yield return $"{name[..(i - 1)]}{name[i]}{name[i - 1]}{name[(i + 1)..]}";
        }
    }

    // The rule as the format's text has it, by the book; of several that are near, the nearest.
    private static HashSet<string> MeantBy(string name, IEnumerable<string> absent)
    {
        var near = absent.ToLookup(known => Edits(known.ToUpperInvariant(), name.ToUpperInvariant()));
        return near[0].Any() ? [.. near[0]]
            : near[1].Any(IsLong) ? [.. near[1].Where(IsLong)]
            : [.. near[2].Where(IsLong)];

        static bool IsLong(string known) => known.Length >= 4;
    }

    private static int Edits(string from, string to)
    {
        var edits = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1), 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
            }
        }

        return edits[from.Length, to.Length];
    }
}
