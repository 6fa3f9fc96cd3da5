using BenchmarkDotNet.Running;
using ProgressiveDelivery.Sdk.Benchmarks.Events;
using ProgressiveDelivery.Sdk.Benchmarks.Experiments;
using ProgressiveDelivery.Sdk.Benchmarks.Gate;
using ProgressiveDelivery.Sdk.Benchmarks.Guards;
using ProgressiveDelivery.Sdk.Benchmarks.Relays;
using ProgressiveDelivery.Sdk.Benchmarks.Scale;

if (args is ["gate"])
    return GateRun.Run(Console.Out);
if (args is ["events"])
    return await EventsRun.RunAsync(Console.Out);
if (args is ["experiments", .. var runs])
    return ExperimentsRun.Run(Console.Out, runs);
if (args is ["guards", .. var guards])
    return GuardsRun.Run(Console.Out, guards);
if (args is ["relay", .. var readers])
    return await RelayRun.RunAsync(Console.Out, readers);
if (args is ["analysis", .. var sizes])
    return await ScaleRun.RunAsync(Console.Out, sizes);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
