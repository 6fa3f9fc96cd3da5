using System.Globalization;
using System.Text.Json;
using FluentAssertions;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>A published vector of a statistical method, in the format of the vectors' FORMAT.md.</summary>
internal sealed class StatisticsVector
{
    private static readonly Dictionary<string, StatisticalStatus> Statuses = new()
    {
        ["ok"] = StatisticalStatus.Ok,
        ["insufficient"] = StatisticalStatus.Insufficient,
        ["refused"] = StatisticalStatus.Refused,
    };

    private readonly string _method;
    private readonly string _id;
    private readonly JsonElement _expected;
    private readonly VectorTolerance _tolerance;

    private StatisticsVector(string method, JsonElement vector)
    {
        (_method, _id) = (method, Id(vector));
        (Input, _expected) = (new(vector.GetProperty("input")), vector.GetProperty("expected"));
        _tolerance = new(vector.GetProperty("tolerance"));
    }

    public VectorInput Input { get; }

    public static string File(string method) => Path.Combine(ConformanceFolder.Path, "statistics", method + ".jsonl");

    public static TheoryData<string> Ids(string method) => System.IO.File.Exists(File(method)) ? [.. Lines(method).Select(Id)] : [];

    public static StatisticsVector Read(string method, string id) => new(method, Lines(method).Single(line => Id(line) == id));

    /// <summary>Compares a result with what is expected, field by field.</summary>
    public void ShouldBe<T>(StatisticalResult<T> result, Func<T, Dictionary<string, object?>> fields)
        where T : class
    {
        ConformanceReport.AddVector(_method, new(_id, _expected.GetRawText(), result.ToString()));
        ShouldFit(result.Status, result.Reason, result.Value is { } value ? fields(value) : null);
        ConformanceReport.AddVector(_method, CaseResult.Success(_id));
    }

    /// <summary>Compares the numbers of a guard's statistics with what is expected. They refuse an argument by an exception.</summary>
    public void ShouldBe(Func<Dictionary<string, object?>> numbers)
    {
        ConformanceReport.AddVector(_method, new(_id, _expected.GetRawText(), "no result"));
        var (fields, fault) = Numbers(numbers);
        ShouldFit(fault is null ? StatisticalStatus.Ok : StatisticalStatus.Refused, fault, fields);
        ConformanceReport.AddVector(_method, CaseResult.Success(_id));
    }

    private static (Dictionary<string, object?>? Fields, string? Fault) Numbers(Func<Dictionary<string, object?>> numbers)
    {
        try
        {
            return (numbers(), null);
        }
        catch (ArgumentException)
        {
            return (null, StatisticalReasons.BadArgument);
        }
    }

    private void ShouldFit(StatisticalStatus status, string? fault, Dictionary<string, object?>? fields)
    {
        status.Should().Be(Statuses[_expected.GetProperty("status").GetString()!], "the reason is {0}", fault);
        if (fields is null)
        {
            fault.Should().Be(_expected.GetProperty("reason").GetString());
            return;
        }

        if (_expected.TryGetProperty("reason", out var reason))
            fault.Should().Be(reason.GetString());
        ShouldFit(fields, _expected, null);
    }

    private void ShouldFit(Dictionary<string, object?> actual, JsonElement expected, string? list)
    {
        foreach (var field in expected.EnumerateObject().Where(field => list is not null || field.Name is not ("status" or "reason")))
        {
            actual.Should().ContainKey(field.Name);
            ShouldFit(actual[field.Name], field.Value, field.Name, list);
        }
    }

    private void ShouldFit(object? actual, JsonElement expected, string name, string? list)
    {
        switch (actual)
        {
            case Dictionary<string, object?> fields:
                ShouldFit(fields, expected, name);
                break;
            case System.Collections.IEnumerable values and not string:
                var items = values.Cast<object?>().ToArray();
                items.Should().HaveCount(expected.GetArrayLength(), name);
                foreach (var (item, wanted) in items.Zip(expected.EnumerateArray()).Where(pair => pair.Second.ValueKind != JsonValueKind.Null))
                    ShouldFit(item, wanted, name, list);
                break;
            case double number:
                _tolerance.Fits(number, expected, name, list).Should().BeTrue("{0} is {1:R}, not {2}", name, number, expected);
                break;
            default:
                Convert.ToString(actual, CultureInfo.InvariantCulture)!.Should().BeEquivalentTo(expected.ToString(), name);
                break;
        }
    }

    private static IEnumerable<JsonElement> Lines(string method) =>
        System.IO.File.ReadLines(File(method)).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Id(JsonElement vector) => vector.GetProperty("id").GetString()!;
}
