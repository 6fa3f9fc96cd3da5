using System.IO.Compression;
using System.Text;
using DuckDB.NET.Data;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries;

public sealed class DuckDbEventsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static string[] Lines { get; } = [.. new EventGenerator(seed: 3).Lines(units: 60, outcomes: 500)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilesOfAllFormsAreReadTogether()
    {
        var thirds = Lines.Chunk((Lines.Length / 3) + 1).Select(third => string.Join('\n', third)).ToArray();
        _folder.Write("a.jsonl", "\uFEFF" + thirds[0].Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n \t\n");
        _folder.Write("b.jsonl.gz", Compress(thirds[1] + "\n"));
        _folder.Write("c.ndjson", thirds[2]);
        _folder.Write("readme.txt", "not read");

        var data = await new DuckDbEvents(_folder.Path).ReadAsync(Plans.Full);

        Figures.ShouldEqual(data, ReferenceAnalysis.Read(Lines, Plans.Full));
    }

    [Fact]
    public async Task PatternTakesItsFilesInOrderAndEachOnce()
    {
        _folder.Write("1.jsonl", Exposure("x", "u", "control") + "\n");
        _folder.Write("2.jsonl", Exposure("x", "u", "fast") + "\n");

        var data = await new DuckDbEvents(_folder.PathOf("?.jsonl"), _folder.PathOf("2.jsonl")).ReadAsync(Plans.Simple);

        data.Counts.Should().Be(new EventCounts { Lines = 2, Exposures = 2, DuplicateExposures = 1, ExposuresKept = 1, Units = 1 });
        data.Variants.Select(variant => variant.Units).Should().Equal(1, 0);
    }

    [Fact]
    public async Task LastLinesThatAreCutOffAreCountedPerFile()
    {
        var half = Exposure("y", "u2", "fast")[..50];
        var first = _folder.Write("1.jsonl", $"{Exposure("x", "u1", "control")}\n{half}");
        _folder.Write("2.jsonl", $"{half}\n{Exposure("z", "u3", "fast")}");

        var data = await new DuckDbEvents(_folder.Path).ReadAsync(Plans.Simple);

        (data.Counts.Lines, data.Counts.PartialLines, data.Counts.InvalidLines, data.Counts.Units).Should().Be((4, 1, 1, 2));
        data.Faults[0].Should().Be(new EventFault(first, 2, EventFaultRule.PartialLine, "The file ends within the line.", half));
    }

    [Fact]
    public async Task CompressedFileThatIsCutOffKeepsWhatWasBefore()
    {
        var bytes = Compress(string.Join('\n', Lines) + "\n");
        _folder.Write("1.jsonl.gz", bytes[..(bytes.Length / 2)]);

        var data = await new DuckDbEvents(_folder.Path).ReadAsync(Plans.Full);

        data.Counts.PartialLines.Should().Be(1);
        data.Counts.Lines.Should().BeInRange(Lines.Length / 4, Lines.Length * 3 / 4);
        data.Faults.Should().ContainSingle(fault => fault.Rule == EventFaultRule.PartialLine);
    }

    [Fact]
    public async Task FaultsAreBoundedForEachRule()
    {
        var path = _folder.Write("1.jsonl", string.Concat(Enumerable.Range(0, 50).Select(i => $"bad {i} \u0001{new string('x', 500)}\n{{\"type\":\"t{i}\"}}\n")));

        var data = await new DuckDbEvents([path], new() { MaxFaultsPerRule = 3 }).ReadAsync(Plans.Simple);

        (data.Counts.InvalidLines, data.Counts.UnknownTypes).Should().Be((50, 50));
        data.Faults.Select(fault => fault.Line).Should().Equal(1, 2, 3, 4, 5, 6);
        data.Faults[0].Excerpt.Should().StartWith("bad 0 ·xxx").And.EndWith("…").And.HaveLength(121);
    }

    [Fact]
    public async Task EventsOfWhichNothingIsUsableHaveZeros()
    {
        var path = _folder.Write("1.jsonl", "");

        var data = await new DuckDbEvents(path).ReadAsync(Plans.Full);

        Figures.ShouldEqual(data, ReferenceAnalysis.Read([], Plans.Full));
        data.Counts.Should().Be(new EventCounts());
    }

    [Fact]
    public async Task ValuesThatAreAllEqualHaveNoVariance()
    {
        var lines = Enumerable.Range(0, 90).SelectMany(unit => new[] { Exposure($"x{unit}", $"u{unit}", unit % 2 == 0 ? "control" : "fast"), Outcome($"o{unit}", $"u{unit}", "0.1") });
        var path = _folder.Write("1.jsonl", string.Join('\n', lines));

        var data = await new DuckDbEvents(path).ReadAsync(Plans.Simple with { Metrics = [Plans.Full.Metrics[0]] });

        data.Variants.Should().OnlyContain(variant => variant.Metrics["revenue"].Total!.Variance == 0 && variant.Metrics["revenue"].Total!.Minority == 0);
    }

    [Fact]
    public async Task LargeMeanLeavesTheDigitsOfTheVariance()
    {
        var lines = Enumerable.Range(0, 100).SelectMany(unit => new[] { Exposure($"x{unit}", $"u{unit}", unit < 50 ? "control" : "fast"), Outcome($"o{unit}", $"u{unit}", unit % 2 == 0 ? "1e12" : "1000000000001") });
        var path = _folder.Write("1.jsonl", string.Join('\n', lines));

        var data = await new DuckDbEvents(path).ReadAsync(Plans.Simple with { Metrics = [Plans.Full.Metrics[0]] });

        data.Variants.Should().OnlyContain(variant => Math.Abs(variant.Metrics["revenue"].Total!.Variance - (12.5 / 49)) < 1e-12);
    }

    [Fact]
    public async Task OutcomeCountsFromTheInstantOfTheExposureUntilTheEndOfTheWindow()
    {
        string[] lines =
        [
            Exposure("x", "u", "fast", "2026-03-03T00:00:00.000001Z"),
            Outcome("a", "u", "1", "2026-03-03T00:00:00Z"), Outcome("b", "u", "2", "2026-03-03T00:00:00.000001Z"),
            Outcome("c", "u", "4", "2026-03-10T00:00:00Z"), Outcome("d", "u", "8", "2026-03-10T00:00:00.000001Z"),
        ];
        var path = _folder.Write("1.jsonl", string.Join('\n', lines));

        var data = await new DuckDbEvents(path).ReadAsync(Plans.Simple with { Metrics = [Plans.Full.Metrics[0]] });

        (data.Counts.OutcomesBeforeExposure, data.Counts.OutcomesKept, data.Counts.OutcomesAfterWindow, data.Counts.OutcomesUsedAsCovariate).Should().Be((1, 2, 1, 1));
        var moments = data.Variants[1].Metrics["revenue"].Total!;
        (moments.Sum, moments.CovariateSum).Should().Be((6, 1));
    }

    [Fact]
    public async Task HostileNamesAreTakenForWhatTheyAre()
    {
        var (lines, plan) = HostileNames.Make(HostileNames.All);
        var path = _folder.Write("it's [1]*.jsonl", string.Join('\n', lines));

        HostileNames.ShouldBeCounted(await new DuckDbEvents(path).ReadAsync(plan));
    }

    [Fact]
    public async Task ParquetIsReadAsLinesAre()
    {
        var lines = _folder.Write("events.jsonl", string.Join('\n', Lines.Where(line => line.StartsWith("{\"type\":\"exposure\"", StringComparison.Ordinal) || line.StartsWith("{\"type\":\"outcome\"", StringComparison.Ordinal))));
        var parquet = _folder.PathOf("it's [1].parquet");
        CopyToParquet(lines, parquet);

        var data = await new DuckDbEvents(parquet).ReadAsync(Plans.Full);

        Figures.ShouldEqual(data, await new DuckDbEvents(lines).ReadAsync(Plans.Full));
    }

    [Fact]
    public async Task SmallMemoryIsEnough()
    {
        var path = _folder.Write("1.jsonl", string.Join('\n', new EventGenerator(5).Lines(4_000, 12_000)));

        var data = await new DuckDbEvents([path], new() { MemoryLimit = 64L << 20, TempFolder = _folder.PathOf("temp") }).ReadAsync(Plans.Full);

        data.Counts.Units.Should().BeGreaterThan(3_900);
        Directory.GetFileSystemEntries(_folder.PathOf("temp")).Should().BeEmpty();
    }

    [Fact]
    public async Task ProgressGrowsFromZeroToOne()
    {
        var path = _folder.Write("1.jsonl", string.Join('\n', Lines));
        var reports = new List<double>();

        await new DuckDbEvents(path).ReadAsync(Plans.Full, new Recorder(reports));

        reports.Should().BeInAscendingOrder().And.OnlyContain(share => share >= 0 && share <= 1).And.HaveCountGreaterThan(10);
        reports[^1].Should().Be(1);
    }

    [Fact]
    public async Task CancellationEndsTheReading()
    {
        var path = _folder.Write("1.jsonl", string.Join('\n', Lines));
        using var canceled = new CancellationTokenSource();
        var reading = () => new DuckDbEvents([path], new() { TempFolder = _folder.PathOf("temp") }).ReadAsync(Plans.Full, new Canceler(canceled), canceled.Token);

        await reading.Should().ThrowAsync<OperationCanceledException>();

        Directory.GetFileSystemEntries(_folder.PathOf("temp")).Should().BeEmpty();
    }

    [Fact]
    public async Task PathThatNamesNoFileIsReported()
    {
        var reading = () => new DuckDbEvents(_folder.PathOf("*.jsonl")).ReadAsync(Plans.Simple);

        (await reading.Should().ThrowAsync<FileNotFoundException>()).WithMessage("No event file matches*");
    }

    [Fact]
    public async Task ParquetAndLinesAreNotReadTogether()
    {
        _folder.Write("1.jsonl", "");
        _folder.Write("2.parquet", "");

        await new DuckDbEvents(_folder.Path).Invoking(events => events.ReadAsync(Plans.Simple)).Should().ThrowAsync<NotSupportedException>();
    }

    [Fact]
    public void OptionOutOfRangeIsReported()
    {
        var creating = () => new DuckDbEvents(["x"], new() { MemoryLimit = 1 });

        creating.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*MemoryLimit*");
    }

    private static string Exposure(string id, string unit, string variant, string time = "2026-03-03T00:00:00Z") =>
        $$"""{"type":"exposure","id":"{{id}}","time":"{{time}}","unit":"{{unit}}","unitKind":"user","flag":"f","experiment":"checkout","variant":"{{variant}}"}""";

    private static string Outcome(string id, string unit, string value, string time = "2026-03-03T00:00:00Z") =>
        $$"""{"type":"outcome","id":"{{id}}","time":"{{time}}","unit":"{{unit}}","unitKind":"user","metric":"purchase","value":{{value}}}""";

    private static byte[] Compress(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    // What a text without an offset means is for the pipeline that writes the Parquet; here it is no time.
    private static void CopyToParquet(string lines, string parquet)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            SET TimeZone = 'UTC';
            COPY (
                SELECT * EXCLUDE (time, value), CASE WHEN time LIKE '%Z' OR time LIKE '%+01:30' THEN CAST(time AS TIMESTAMPTZ) END AS time,
                    CASE WHEN json_type(value) = 'VARCHAR' THEN NULL ELSE CAST(value AS DOUBLE) END AS value
                FROM read_json('{{lines}}', format = 'newline_delimited', columns = {type: 'VARCHAR', id: 'VARCHAR', time: 'VARCHAR', unit: 'VARCHAR', unitKind: 'VARCHAR',
                    flag: 'VARCHAR', experiment: 'VARCHAR', variant: 'VARCHAR', metric: 'VARCHAR', value: 'JSON', attributes: 'JSON'})
            ) TO '{{parquet.Replace("'", "''", StringComparison.Ordinal)}}' (FORMAT PARQUET)
            """;
        command.ExecuteNonQuery();
    }

    private sealed class Recorder(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }

    private sealed class Canceler(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }
}
