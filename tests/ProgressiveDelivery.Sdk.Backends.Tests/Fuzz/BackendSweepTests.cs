using System.Text;
using ProgressiveDelivery.Sdk.Conformance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fuzz.Backends;
using ProgressiveDelivery.Sdk.Fuzz.Targets;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Fuzz;

/// <summary>Each value of sound documents, broken in each way: nothing throws, and the other flags answer as before. The same ones in each run.</summary>
[Trait("Category", "Long")]
public sealed class BackendSweepTests(ITestOutputHelper output)
{
    private const int RunsOfCorpus = 1_500;
    private const int RunsOfSuites = 600;
    private const int Flips = 400;
    private const int Seed = 20261129;

    public static TheoryData<string> Formats => [.. BackendFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void OneBrokenValueCostsNoOtherFlag(string format) =>
        Sweep(Format(format), PublicDocuments.OfCorpus(Format(format)), RunsOfCorpus).Should().BeGreaterThan(600);

    [ConformanceTheory]
    [MemberData(nameof(Formats))]
    public void OneBrokenValueOfAPublicDocumentCostsNoOtherFlag(string format) =>
        Sweep(Format(format), PublicDocuments.OfSuites(Format(format)), RunsOfSuites).Should().BeGreaterThan(300);

    [Theory]
    [MemberData(nameof(Formats))]
    public void AnyBytesAreRefusedOrAnswered(string format)
    {
        var (target, random) = (new BackendTarget(Format(format)), new Random(Seed));
        foreach (var document in PublicDocuments.OfCorpus(Format(format)))
        {
            target.Run(document);
            target.Run([.. Encoding.UTF8.Preamble, .. document]);
            for (var i = 0; i < Flips; i++)
            {
                var broken = (byte[])document.Clone();
                broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
                target.Run(broken);
                target.Run(document[..random.Next(document.Length)]);
            }
        }
    }

    [Fact]
    public void ReaderThatLosesOtherFlagsIsFoundOut()
    {
        var careless = BackendFormat.All.Single(format => format.Name == "eppo") with { Format = new Careless() };
        var document = new SweptDocument(careless, PublicDocuments.OfCorpus(careless).First());

        var sweep = () => Enumerable.Range(0, document.Count).Count(document.TryBreak);

        sweep.Should().Throw<BrokenPromiseException>();
    }

    private int Sweep(BackendFormat format, IEnumerable<byte[]> documents, int most)
    {
        SweptDocument[] swept = [.. documents.Where(document => format.Format.Read(document).Definition is { Flags.Count: > 0 }).Select(document => new SweptDocument(format, document))];
        var total = swept.Sum(document => document.Count);
        var (step, runs) = (((total + most - 1) / most) | 1, 0);
        for (var index = 0; index < total; index += step)
        {
            var (document, place) = (0, index);
            while (place >= swept[document].Count)
                place -= swept[document++].Count;
            runs += swept[document].TryBreak(place) ? 1 : 0;
        }

        output.WriteLine($"{format.Name}: {runs} broken documents of {total}, from {swept.Length}.");
        return runs;
    }

    private static BackendFormat Format(string name) => BackendFormat.All.Single(format => format.Name == name);

    // As a reader is that stops at the first flag that it cannot read.
    private sealed class Careless : ISnapshotFormat
    {
        public string Name => "careless";

        public SnapshotReadResult Read(ReadOnlyMemory<byte> document)
        {
            var (definition, diagnostics) = BackendFormat.All.Single(format => format.Name == "eppo").Format.Read(document);
            return new(definition is null ? null : definition with { Flags = [.. definition.Flags.TakeWhile(flag => flag.Defect is null)] }, diagnostics);
        }
    }
}
