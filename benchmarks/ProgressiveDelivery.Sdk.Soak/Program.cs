using ProgressiveDelivery.Sdk.Soak;

// Evaluates on all cores while snapshots swap, streams drop and the backend flaps. docs/guides/soak.md tells how to read it.
if (SoakOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(SoakOptions.Usage);
    return 2;
}

var faults = await new SoakRun(options).RunAsync();
foreach (var fault in faults)
    Console.WriteLine($"FAILED: {fault}");
Console.WriteLine(faults.Count == 0 ? "The soak went well." : $"{faults.Count} things went wrong.");
return faults.Count == 0 ? 0 : 1;
