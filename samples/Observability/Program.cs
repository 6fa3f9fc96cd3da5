using Observability;

// A small shop under load, with an incident, and how both look to an operator: dotnet run --project samples/Observability
// With OTEL_EXPORTER_OTLP_ENDPOINT, metrics, traces and events also go to that collector; without, some of them go to the console.
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

try
{
    await using var backend = await Backend.StartAsync(interrupt.Token);
    await using var shop = await Shop.StartAsync(backend.SnapshotAddress, interrupt.Token);
    await new Story(shop, backend).RunAsync(interrupt.Token);
    return 0;
}
catch (Exception fault) when (fault is StoryException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync($"The sample ended early: {fault.Message}");
    return 1;
}
