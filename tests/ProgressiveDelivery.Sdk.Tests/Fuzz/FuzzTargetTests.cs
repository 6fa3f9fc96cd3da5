using System.Diagnostics;
using ProgressiveDelivery.Sdk.Fuzz.Targets;
using ProgressiveDelivery.Sdk.Json;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Tests.Fuzz;

/// <summary>The fuzzer's targets, its corpus and what it has found, and mutations of them: the same ones in each run, without AFL++.</summary>
public class FuzzTargetTests(ITestOutputHelper output)
{
    private const int Seed = 20261125;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void CorpusKeepsEveryPromise(string target)
    {
        foreach (var (name, bytes) in FuzzCorpus.Of(target))
            Run(target, bytes, name);
    }

    [Theory]
    [InlineData("snapshot", 3_000)]
    [InlineData("stream", 500)]
    [InlineData("stored", 2_000)]
    public void MutationsOfTheCorpusKeepEveryPromise(string target, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var mutator = Mutator(target);

        for (var i = 0; i < count; i++)
            Run(target, mutator.Next(), $"mutation {i}");

        output.WriteLine($"{count} inputs in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
    }

    [Fact]
    public void MutationsAreBothAcceptedAndRefused()
    {
        var mutator = Mutator("snapshot");

        var accepted = Enumerable.Range(0, 1_000).Count(_ => SnapshotJson.Read(mutator.Next(), FuzzLimits.Snapshot).Definition is not null);

        accepted.Should().BeInRange(150, 850);
    }

    [Fact]
    public void MutationsAreTheSameInEachRun()
    {
        var (one, other) = (Mutator("stream"), Mutator("stream"));

        for (var i = 0; i < 50; i++)
            one.Next().Should().Equal(other.Next());
    }

    private static InputMutator Mutator(string target) =>
        new([.. FuzzCorpus.Of(target).Select(input => input.Bytes)], FuzzCorpus.Words, Seed);

    private static void Run(string target, byte[] input, string name)
    {
        try
        {
            FuzzTargets.Find(target)!.Run(input);
        }
        catch (Exception e)
        {
            throw new BrokenPromiseException($"{target}, {name}: {e.Message} The input, in base64, to be replayed: {Convert.ToBase64String(input)}", e);
        }
    }
}
