using System.Buffers;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does a document of 1,000 flags with a regular expression each cost to load, by the kind of expression?</summary>
[MemoryDiagnoser]
public class LoadPatterns
{
    private readonly byte[] _none = Document(_ => new AttributeCondition { Attribute = "email", Operator = AttributeOperator.Exists, Operand = true });
    private readonly byte[] _texts = Document(i => Matches($@"^[^@]+@shop{i}\.example\.com$"));
    private readonly byte[] _automata = Document(i => Matches($@"^[a-z]+-\d{{3}}-shop{i}(foo|ba[rz])+$"));
    private readonly DocumentAcceptance _acceptance = new();

    [Benchmark(Baseline = true)]
    public bool None() => new DocumentAcceptance().Accepts(_none);

    [Benchmark]
    public bool Texts() => new DocumentAcceptance().Accepts(_texts);

    [Benchmark]
    public bool Automata() => new DocumentAcceptance().Accepts(_automata);

    /// <summary>The client knows the expressions from another publication, unless they were collected.</summary>
    [Benchmark]
    public bool AutomataAgain() => _acceptance.Accepts(_automata);

    private static AttributeCondition Matches(string expression) => new() { Attribute = "email", Operator = AttributeOperator.Matches, Operand = expression };

    private static byte[] Document(Func<int, ConditionDefinition> condition)
    {
        var flags = Enumerable.Range(0, 1_000).Select(i => new FlagDefinition
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"flag-{i}"),
            Type = FlagType.Boolean,
            Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
            Rules = [new() { When = condition(i), Serve = "on" }],
            Default = "off",
        });
        var buffer = new ArrayBufferWriter<byte>();
        SnapshotJson.Write(new SnapshotDefinition { Version = 1, Flags = [.. flags] }, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
