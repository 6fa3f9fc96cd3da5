using Quickstart;
using Quickstart.Steps;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

using var folder = new TemporaryFolder();
await using var backend = await Backend.StartAsync(interrupt.Token);
if (args.Contains("--serve"))
    return await LivePage.ServeAsync(backend, folder, interrupt.Token);

try
{
    using var application = await Application.StartAsync(backend.SnapshotAddress, folder.Path, interrupt.Token);
    return await Tour.RunAsync(
        application,
        [
            new Decisions(application.Features),
            new Canary(application.Features, backend),
            new Experiment(application.Features),
            new LiveChange(application.Features, backend),
            new Refusal(application, backend),
            new StepBack(application, backend),
            new Outage(application, backend),
            new Restart(application, backend, folder),
        ],
        interrupt.Token);
}
catch (StepFailedException fault)
{
    Report.Failed($"The application did not start: {fault.Message}");
    return 1;
}
