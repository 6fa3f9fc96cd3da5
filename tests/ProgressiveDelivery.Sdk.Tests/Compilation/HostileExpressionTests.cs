using System.Diagnostics;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

/// <summary>Regular expressions that cost others seconds or gigabytes: refused, or built and searched within bounds.</summary>
public sealed class HostileExpressionTests
{
    private const long MaxBytes = 100_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("(a{1,1000}){1,1000}")]
    [InlineData("((a{1,100}){1,100}){1,100}")]
    [InlineData("^((a{1,100}){1,100}){1,100}$")]
    [InlineData("xa{0,1000000}y")]
    [InlineData("a{2147483647}")]
    [InlineData("(?:ab){500000}x")]
    [InlineData("((((((((a{1,10}){1,10}){1,10}){1,10}){1,10}){1,10}){1,10}){1,10})x")]
    [InlineData("(a?b?c?d?e?f?g?h?i?j?){150}")]
    [InlineData("(a|^|$|\\b){1500}")]
    public void ExpressionTooLargeIsMalformed(string pattern)
    {
        var (diagnostics, spent) = Measure(pattern, "");

        diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.ExpressionTooLarge && found.Path == "$.flags['flag'].rules[0].when.matches");
        spent.Bytes.Should().BeLessThan(MaxBytes);
    }

    [Theory]
    [InlineData(@"(a+)\1")]
    [InlineData("(?<=a)b")]
    [InlineData("(?=a)b")]
    [InlineData("(?>a+)b")]
    [InlineData("(?(a)b|c)")]
    [InlineData("(")]
    [InlineData("[z-a]")]
    [InlineData("a{2,1}")]
    [InlineData(@"\p{NoSuchClass}")]
    [InlineData("(?<n")]
    [InlineData("*")]
    [InlineData(@"\")]
    public void ExpressionBeyondBoundsIsMalformed(string pattern)
    {
        var (diagnostics, spent) = Measure(pattern, "");

        diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.InvalidExpression && found.Path == "$.flags['flag'].rules[0].when.matches");
        spent.Elapsed.Should().BeLessThan(Longest);
        spent.Bytes.Should().BeLessThan(MaxBytes);
    }

    public static TheoryData<string, string> Searched => new()
    {
        { "(a+)+$", new string('a', 50_000) + "b" },
        { "^(a|aa)*$", new string('a', 50_000) + "b" },
        { "(x+x+)+y", new string('x', 50_000) },
        { "(((((((a*)*)*)*)*)*)*)*b", new string('a', 50_000) },
        { "^(([a-z])+.)+[A-Z]([a-z])+$", new string('a', 50_000) },
        { "^(a{1,200}|b{1,200}|[ab]{1,200})+$", new string('a', 5_000) },
        { string.Concat(Enumerable.Repeat("(a", 333)) + string.Concat(Enumerable.Repeat(")", 333)), "b" },
        { string.Concat(Enumerable.Repeat("(a", 200)) + string.Concat(Enumerable.Repeat(")*", 200)), new string('a', 1_000) },
        { "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[^z]$", new string('z', 20_000) },
        { "(((){1,1000}){1,1000}){1,1000}", new string('a', 50_000) },
        { string.Concat(Enumerable.Repeat("(", 450)) + "a" + string.Concat(Enumerable.Repeat(")", 450)), "b" },
        { string.Concat(Enumerable.Repeat(@"[\w-[a-z]]\W?\p{L}*", 50)), new string('a', 10_000) },
        { string.Join('|', Enumerable.Range(0, 100).Select(i => $"w{i * 7919}")), new string('w', 50_000) },
        { "[" + string.Concat(Enumerable.Range(0, 900).Select(i => (char)(0x100 + (i * 3)))) + "]+$", new string('a', 50_000) },
    };

    [Theory]
    [MemberData(nameof(Searched))]
    public void ExpressionThatBacktracksElsewhereIsSearchedInTime(string pattern, string subject)
    {
        var (diagnostics, spent) = Measure(pattern, subject);

        diagnostics.Should().BeEmpty();
        spent.Elapsed.Should().BeLessThan(Longest);
        spent.Bytes.Should().BeLessThan(MaxBytes);
    }

    private static (IReadOnlyList<SnapshotDiagnostic> Diagnostics, (TimeSpan Elapsed, long Bytes) Spent) Measure(string pattern, string subject) => OwnThread.WithSmallStack(() =>
    {
        var snapshot = Some.Snapshot(Some.Flag().When(Some.That("a", AttributeOperator.Matches, pattern)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var diagnostics = snapshot.Compile().Diagnostics;
        snapshot.Open().IsEnabled("flag", new EvaluationContext("u") { ["a"] = subject });

        return (diagnostics, (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before));
    });
}
