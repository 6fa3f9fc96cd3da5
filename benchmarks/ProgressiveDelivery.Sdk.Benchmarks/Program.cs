using BenchmarkDotNet.Running;
using ProgressiveDelivery.Sdk.Benchmarks.Gate;

if (args is ["gate"])
    return GateRun.Run(Console.Out);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
