using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Converts another backend's snapshot to our own format's forms, as far as possible.</summary>
internal sealed class OwnSnapshot(SnapshotDefinition snapshot)
{
    private readonly List<SnapshotDiagnostic> _diagnostics = [];
    private readonly HashSet<DefinitionName> _lost = [];
    private readonly HashSet<(string Flag, string Variant)> _valueless =
        [.. snapshot.Flags.SelectMany(flag => flag.Variants.Where(variant => variant.Value.Type is null).Select(variant => (flag.Key, variant.Name)))];

    public SnapshotReadResult Say(long version)
    {
        if (snapshot.KeyHash is not null)
            return new(null, [DiagnosticCatalog.NotExpressible(JsonPath.Root, "The snapshot", "its flags are known by hashes of their keys alone")]);
        if (ConditionCount.IsBeyond(snapshot))
            return new(null, [DiagnosticCatalog.TooManyConditions(JsonPath.Root, ConditionCount.Max)]);
        var segments = Said(snapshot.Segments.Where(segment => segment.Defect is null), segment => new(DefinitionKind.Segment, segment.Name), (forms, segment) => forms.Say(segment));
        var flags = Said(snapshot.Flags.Where(flag => flag.Defect is null), flag => new(DefinitionKind.Flag, flag.Key), (forms, flag) => forms.Say(flag));
        Lose(segments, flags);
        return new(snapshot with { Version = version, Cycles = CycleHandling.Quarantine, WithoutHostFacts = false, Segments = [.. segments.Values], Flags = [.. flags.Values] }, _diagnostics);
    }

    private Dictionary<string, T> Said<T>(IEnumerable<T> definitions, Func<T, DefinitionName> nameOf, Func<OwnForms, T, T> say)
    {
        var said = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            var (forms, name) = (new OwnForms(_valueless), nameOf(definition));
            try
            {
                said[name.Name] = say(forms, definition);
            }
            catch (NotSupportedException reason)
            {
                Lose(name, reason.Message);
                continue;
            }

            foreach (var note in forms.Notes)
                _diagnostics.Add(DiagnosticCatalog.ExpressedOtherwise(PathOf(name), Subject(name), note));
        }

        return said;
    }

    // A user of a lost definition would give other answers without it, so it is lost too, and so on.
    private void Lose(Dictionary<string, SegmentDefinition> segments, Dictionary<string, FlagDefinition> flags)
    {
        var found = true;
        while (found)
        {
            found = Lose(segments, DefinitionKind.Segment, DependencyGraph.ReferencesOf) | Lose(flags, DefinitionKind.Flag, DependencyGraph.ReferencesOf);
        }
    }

    private bool Lose<T>(Dictionary<string, T> definitions, DefinitionKind kind, Func<T, DefinitionName[]> referencesOf)
    {
        var before = definitions.Count;
        foreach (var (key, definition) in definitions.ToArray())
        {
            if (Array.Find(referencesOf(definition), _lost.Contains) is not { Name: not null } used)
                continue;
            definitions.Remove(key);
            Lose(new(kind, key), $"it uses {used.Kind.ToString().ToLowerInvariant()} {DiagnosticCatalog.Quote(used.Name)}, which cannot be said either");
        }

        return definitions.Count < before;
    }

    private void Lose(DefinitionName name, string reason)
    {
        _lost.Add(name);
        _diagnostics.Add(DiagnosticCatalog.NotExpressible(PathOf(name), Subject(name), reason));
    }

    private static string PathOf(DefinitionName name) => JsonPath.Named(name.Kind == DefinitionKind.Flag ? "flags" : "segments", name.Name);

    private static string Subject(DefinitionName name) => $"{name.Kind} {DiagnosticCatalog.Quote(name.Name)}";
}
