using BenchmarkDotNet.Attributes;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks;

/// <summary>What does a change of one flag among 10,000 cost, as a patch and as all of them compiled again?</summary>
[MemoryDiagnoser]
public class PatchFlags
{
    private readonly SnapshotLimits _limits = new();
    private readonly SnapshotDefinition _definition = OurFlags.Definition(10_000);
    private readonly SnapshotPatch _patch;
    private readonly CompilationState _inForce;

    public PatchFlags()
    {
        _patch = new() { BaseVersion = 1, Version = 2, Flags = [_definition.Flags[5_000] with { Enabled = false }] };
        _inForce = SnapshotCompiler.Compile(_definition, _limits).State;
    }

    [Benchmark(Baseline = true)]
    public object Everything() => SnapshotCompiler.Compile(PatchApplication.Apply(_definition, _patch), _limits).Rules;

    [Benchmark]
    public object WhatChanged() =>
        SnapshotRecompiler.Recompile(_inForce, PatchApplication.Apply(_definition, _patch), _patch, LocalOverlay.None).Rules;
}
