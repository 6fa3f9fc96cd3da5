using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Tests.Compilation.Patterns;

public sealed class PatternCacheTests
{
    private readonly PatternCache _cache = new();

    [Fact]
    public void SameExpressionIsCompiledOnce()
    {
        Get("^a+b$").Should().BeSameAs(Get("^a+b$"));
        Get("^a+b$").Should().NotBeSameAs(_cache.Get("^a+b$", PatternSyntax.Re2, ignoreCase: false).Pattern);
        Get("^a+b$").Should().NotBeSameAs(_cache.Get("^a+b$", PatternSyntax.DotNet, ignoreCase: true).Pattern);
    }

    [Fact]
    public void PublicationsPatchesAndOverlaysShareExpressions()
    {
        var definition = Definition(version: 1, flags: 1_000);
        var first = SnapshotCompiler.Compile(definition, new(), patterns: _cache);
        var patch = new SnapshotPatch { BaseVersion = 1, Version = 2, Flags = [definition.Flags[7] with { Enabled = false }] };

        var second = SnapshotCompiler.Compile(Definition(version: 2, flags: 1_000), new(), patterns: _cache);
        var patched = SnapshotRecompiler.Recompile(first.State, PatchApplication.Apply(definition, patch), patch, LocalOverlay.None);
        var killed = SnapshotRecompiler.Recompile(patched.State, LocalOverlay.None.With(OverlayEntry.Of(new SnapshotKill(5, "f1", "off"))));

        _cache.Count.Should().Be(1_000);
        killed.State.Patterns.Should().BeSameAs(_cache);
        GC.KeepAlive((first, second, patched));
    }

    [Fact]
    public void LoadingTheSameExpressionsAgainCompilesNone()
    {
        var first = Load(Definition(version: 1, flags: 1_000), out var whole);
        var second = Load(Definition(version: 2, flags: 1_000), out var again);

        whole.Should().BeLessThan(50 * 1024 * 1024);
        again.Should().BeLessThan(whole / 2);
        GC.KeepAlive((first, second));
    }

    [Fact]
    public void ExpressionThatNoSnapshotUsesIsCollected()
    {
        var kept = Get("^(kept)+$");
        var forgotten = Forget();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        forgotten.TryGetTarget(out _).Should().BeFalse();
        Get("^(kept)+$").Should().BeSameAs(kept);
    }

    [Fact]
    public void EntriesOfCollectedExpressionsAreDropped()
    {
        var kept = Get("^(kept)+$");
        for (var i = 0; i < 20; i++)
        {
            Fill(i);
            GC.Collect();
        }

        _cache.Count.Should().BeLessThan(1_000);
        Get("^(kept)+$").Should().BeSameAs(kept);
    }

    [Fact]
    public void ExpressionsBeyondTheLimitTogetherAreTooLarge()
    {
        var cache = new PatternCache(maxBytes: 10_000);
        var patterns = Enumerable.Range(0, 100).Select(i => cache.Get($"^(a+b){{{i}}}$", PatternSyntax.DotNet, ignoreCase: false)).ToList();

        patterns[5].Pattern.Should().NotBeNull();
        patterns[^1].IsTooLarge.Should().BeTrue();
        cache.Get("^(a+b){5}$", PatternSyntax.DotNet, ignoreCase: false).Pattern.Should().BeSameAs(patterns[5].Pattern);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RoomOfCollectedExpressionsIsUsedAgain(bool isSame)
    {
        var cache = new PatternCache(maxBytes: 10_000);
        for (var i = 0; i < 30; i++)
        {
            HasRoom(cache, $"^(a{(isSame ? 0 : i)}+b){{5}}$").Should().BeTrue();
            GC.Collect();
        }
    }

    private Pattern? Get(string expression) => _cache.Get(expression, PatternSyntax.DotNet, ignoreCase: false).Pattern;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<Pattern> Forget() => new(Get("^(forgotten)+$")!);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasRoom(PatternCache cache, string expression) => !cache.Get(expression, PatternSyntax.DotNet, ignoreCase: false).IsTooLarge;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill(int round)
    {
        for (var i = 0; i < 200; i++)
            Get($"^(r{round}-{i})+$");
    }

    private CompilationResult Load(SnapshotDefinition definition, out long bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = SnapshotCompiler.Compile(definition, new(), patterns: _cache);
        bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        result.Diagnostics.Should().BeEmpty();
        return result;
    }

    private static SnapshotDefinition Definition(long version, int flags) => new()
    {
        Version = version,
        Flags = [.. Enumerable.Range(0, flags).Select(i => Some.Flag($"f{i}").When(Some.That("a", AttributeOperator.Matches, $@"^[a-z]+-\d{{3}}-shop{i}(foo|ba[rz])+$")))],
    };
}
