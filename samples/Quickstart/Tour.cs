using System.Diagnostics;
using Quickstart.Steps;

namespace Quickstart;

/// <summary>Runs the steps in order, and ends at the first that did not happen.</summary>
internal static class Tour
{
    public static async Task<int> RunAsync(Application application, IReadOnlyList<IStep> steps, CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            Report.Heading($"{i + 1}  {steps[i].Title}");
            if (await FaultOf(steps[i], cancellationToken) is not { } fault) continue;

            Report.Failed($"Step {i + 1} ({steps[i].Title}) failed: {fault}.");
            foreach (var warning in application.Warnings.Messages) Report.Quote(warning);
            return 1;
        }

        var elapsed = DateTime.Now - Process.GetCurrentProcess().StartTime;
        Report.Heading($"All {steps.Count} steps happened, in {elapsed.TotalSeconds:0.0} s. Cold start of the client: {application.ColdStart.TotalMilliseconds:N0} ms from building the container to the first answer.");
        return 0;
    }

    private static async Task<string?> FaultOf(IStep step, CancellationToken cancellationToken)
    {
        try
        {
            await step.RunAsync(cancellationToken);
            return null;
        }
        catch (Exception fault)
        {
            return cancellationToken.IsCancellationRequested ? "interrupted" : fault is StepFailedException ? fault.Message : $"{fault}";
        }
    }
}
