using Experiment;

// A shop tests two new checkout pages with 50,000 visitors, and the analysis finds what was planted: dotnet run --project samples/Experiment
// The page is written to the folder that the first argument names; by default to the folder 'experiment' beside the program.
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

try
{
    var folder = Path.GetFullPath(args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "experiment"));
    return await new Run(folder).PlayAsync(interrupt.Token) ? 0 : 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("The sample was interrupted.");
    return 1;
}
