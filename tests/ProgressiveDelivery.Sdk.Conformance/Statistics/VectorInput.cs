using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The input of a vector, or an object in it.</summary>
internal sealed class VectorInput(JsonElement input)
{
    public double this[string name] => Number(input.GetProperty(name));

    public double Alpha => this["alpha"];

    public string Operation => Text("operation");

    public static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    public string Text(string name) => input.GetProperty(name).GetString()!;

    public bool Flag(string name) => input.GetProperty(name).GetBoolean();

    public long Count(string name) => input.GetProperty(name).GetInt64();

    public bool Contains(string name) => input.TryGetProperty(name, out _);

    public double? Optional(string name) => Contains(name) ? this[name] : null;

    public double[] Numbers(string name) => [.. input.GetProperty(name).EnumerateArray().Select(Number)];

    public long[] Counts(string name) => [.. input.GetProperty(name).EnumerateArray().Select(value => value.GetInt64())];

    public long[][] CountLists(string name) =>
        [.. input.GetProperty(name).EnumerateArray().Select(list => list.EnumerateArray().Select(value => value.GetInt64()).ToArray())];

    public VectorInput Object(string name) => new(input.GetProperty(name));

    public IReadOnlyList<VectorInput> Objects(string name) => [.. input.GetProperty(name).EnumerateArray().Select(value => new VectorInput(value))];

    /// <summary>Returns the outcomes of run-length coded <c>runs</c>: of one stream, or of two.</summary>
    public IEnumerable<VectorOutcome> Outcomes() => input.GetProperty("runs").EnumerateArray().SelectMany(run =>
        run.GetArrayLength() == 2
            ? Enumerable.Repeat(new VectorOutcome(false, run[0].GetInt32() == 1), run[1].GetInt32())
            : Enumerable.Repeat(new VectorOutcome(run[0].GetString() == "t", run[1].GetInt32() == 1), run[2].GetInt32()));

    public Sample Sample(string name) =>
        Object(name) is var sample && sample.Contains("minority")
            ? sample.Sample() with { Minority = sample.Count("minority") }
            : sample.Sample();

    public Proportion Proportion(string name) => new(Object(name).Count("n"), Object(name).Count("events"));

    private Sample Sample() => new(Count("n"), this["mean"], this["variance"]);
}
