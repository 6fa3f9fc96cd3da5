using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Bucketing;

/// <summary>
/// Layers, holdouts, admissions and choices place a million units disjointly and independently, as compiled rules do it. Independence is Pearson's chi-square on the contingency table.
/// </summary>
[Trait("Category", "Long")]
public sealed class IndependenceTests
{
    private const int Units = 1_000_000;
    private const int SlotsOfALayer = 5;

    /// <summary>In the place of a unit's slot: no experiment of its layer, or several, admit it.</summary>
    private const byte Several = 255;

    /// <summary>The values that chi-square exceeds with a chance of 0.001, by degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.4).</summary>
    private static readonly Dictionary<int, double> Critical = new() { [1] = 10.828, [2] = 13.816, [4] = 18.467, [8] = 26.124, [16] = 39.252 };

    private static readonly string[] Layers = ["checkout", "search", "mail", "home"];

    private static readonly FeatureSnapshot Rules = Snapshot().Open();

    private static readonly string[] Places = [.. Layers.Select(layer => $"layer {layer}"), "holdout q4", "holdout q5", "choice plain", "admission ramp", "choice ramp"];

    private static readonly Lazy<Dictionary<string, byte[]>> PlacesOfUnits = new(PlaceAll);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            for (var one = 0; one < Places.Length; one++)
            {
                for (var other = one + 1; other < Places.Length; other++)
                    pairs.Add(Places[one], Places[other]);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void PlacesOfTheSameUnitsAreIndependent(string one, string other)
    {
        var (statistic, freedom) = ChiSquare(one, other);

        statistic.Should().BeLessThan(Critical[freedom]);
    }

    [Fact]
    public void LayersWithOneSaltWouldNotBe() => ChiSquare("layer checkout", "layer twin").Statistic.Should().BeGreaterThan(1_000_000);

    [Fact]
    public void ExperimentsInDisjointSlotsShareNoUnitAndLeaveNoneOut()
    {
        foreach (var layer in Layers)
            PlacesOfUnits.Value[$"layer {layer}"].Should().NotContain(Several, $"of layer {layer}");
    }

    [Fact]
    public void ChoicesOfExperimentsInTwoLayersAreIndependentWhereBothAdmit()
    {
        var table = new long[2, 2];
        for (var unit = 0; unit < Units; unit++)
        {
            var (one, other) = (Decide("checkout-0", Context(unit)), Decide("search-0", Context(unit)));
            if (one.Reason == EvaluationReason.Split && other.Reason == EvaluationReason.Split)
                table[one.Variant, other.Variant]++;
        }

        ChiSquare(table).Statistic.Should().BeLessThan(Critical[1]);
    }

    private static Dictionary<string, byte[]> PlaceAll()
    {
        var all = Places.Append("layer twin").ToDictionary(place => place, _ => new byte[Units], StringComparer.Ordinal);
        var placings = all.Select(place => (Units: place.Value, Of: PlaceOf(place.Key))).ToArray();
        Parallel.For(0, Units, unit =>
        {
            var context = Context(unit);
            foreach (var (units, of) in placings)
                units[unit] = (byte)of(context);
        });
        return all;
    }

    private static (double Statistic, int Freedom) ChiSquare(string one, string other)
    {
        var (first, second) = (PlacesOfUnits.Value[one], PlacesOfUnits.Value[other]);
        var table = new long[CountOf(one), CountOf(other)];
        for (var unit = 0; unit < Units; unit++)
            table[first[unit], second[unit]]++;
        return ChiSquare(table);
    }

    private static (double Statistic, int Freedom) ChiSquare(long[,] table)
    {
        var (rows, columns) = (table.GetLength(0), table.GetLength(1));
        double total = table.Cast<long>().Sum(), statistic = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                double ofRow = 0, ofColumn = 0;
                for (var i = 0; i < columns; i++)
                    ofRow += table[row, i];
                for (var i = 0; i < rows; i++)
                    ofColumn += table[i, column];
                var expected = ofRow * ofColumn / total;
                statistic += (table[row, column] - expected) * (table[row, column] - expected) / expected;
            }
        }

        return (statistic, (rows - 1) * (columns - 1));
    }

    private static int CountOf(string place) => place.Split(' ')[0] switch
    {
        "layer" => SlotsOfALayer,
        "choice" => 3,
        _ => 2,
    };

    private static Func<EvaluationContext, int> PlaceOf(string place)
    {
        CompiledFlag Flag(string key) => Rules.Rules.Find(key)!;
        switch (place.Split(' '))
        {
            case ["layer", var layer]:
                var slots = Enumerable.Range(0, SlotsOfALayer).Select(slot => Flag($"{layer}-{slot}")).ToArray();
                return context => SlotOf(slots, context);
            case ["holdout", var holdout]:
                var held = Flag($"held-{holdout}");
                return context => Rules.Decide(held, context).Reason == EvaluationReason.Holdout ? 1 : 0;
            case ["admission", var ramp]:
                var admitted = Flag(ramp);
                return context => Rules.Decide(admitted, context).Reason == EvaluationReason.Split ? 1 : 0;
            case ["choice", var choice]:
                var chosen = Flag(choice == "ramp" ? "ramp-all" : choice);
                return context => Rules.Decide(chosen, context).Variant;
            default:
                throw new ArgumentException(place);
        }
    }

    private static int SlotOf(CompiledFlag[] slots, EvaluationContext context)
    {
        var (count, last) = (0, 0);
        for (var slot = 0; slot < slots.Length; slot++)
        {
            if (Rules.Decide(slots[slot], context).Reason == EvaluationReason.Split)
                (count, last) = (count + 1, slot);
        }

        return count == 1 ? last : Several;
    }

    private static EvaluationContext Context(int unit) => new(unit.ToString("'user-'0", CultureInfo.InvariantCulture));

    private static Decision Decide(string key, EvaluationContext context) => Rules.Decide(Rules.Rules.Find(key)!, context);

    private static SnapshotDefinition Snapshot() => Some.Snapshot(
    [
        .. Layers.Append("twin").SelectMany(layer => Enumerable.Range(0, SlotsOfALayer).Select(slot => InLayer(layer, slot))),
        Held("q4"), Held("q5"),
        Flag("plain", Some.Experiment("plain", ("a", 1), ("b", 1), ("c", 1))),
        Flag("ramp", Some.Rollout(30, Some.Split(("a", 1), ("b", 1), ("c", 1))) with { Salt = "ramp", Else = "a" }),
        Flag("ramp-all", Some.Rollout(100, Some.Split(("a", 1), ("b", 1), ("c", 1))) with { Salt = "ramp" }),
    ]) with
    {
        Layers = [.. Layers.Select(layer => new LayerDefinition { Name = layer }), new() { Name = "twin", Salt = "checkout" }],
        Holdouts = [new() { Name = "q4", Percent = 5 }, new() { Name = "q5", Percent = 20 }],
    };

    private static FlagDefinition InLayer(string layer, int slot) => Flag($"{layer}-{slot}", Some.Experiment($"{layer}-{slot}", ("a", 1), ("b", 1)) with
    {
        Layer = layer,
        Slots = new(slot * (Salt.Positions / SlotsOfALayer), (slot + 1) * (Salt.Positions / SlotsOfALayer)),
        Else = "c",
    });

    private static FlagDefinition Held(string holdout) => Flag($"held-{holdout}", Some.Experiment($"held-{holdout}", ("a", 1), ("b", 1)) with { Holdout = holdout, Else = "c" });

    private static FlagDefinition Flag(string key, OutcomeDefinition serve) => Some.Text(key, "a", "b", "c") with { Default = serve };
}
