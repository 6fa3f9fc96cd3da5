using Canary;

// A canary that breaks, is reverted by its guard, and goes forward again once it is mended: dotnet run --project samples/Canary
// The shop is a process of its own, so that it can crash; "serve" starts it alone. Exit code 0 only if each step happened.
if (args is ["serve", var rules, var state, var release])
{
    await Shop.RunAsync(rules, state, isMended: release == "mended");
    return 0;
}

using var interrupt = new CancellationTokenSource(TimeSpan.FromMinutes(5));
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

try
{
    await Story.RunAsync(interrupt.Token);
    return 0;
}
catch (Exception fault) when (fault is StoryException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync($"The sample ended early: {fault.Message}");
    return 1;
}
