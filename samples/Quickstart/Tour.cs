using System.Diagnostics;
using Quickstart.Steps;

namespace Quickstart;

/// <summary>Runs the steps in order, and ends at the first that did not happen.</summary>
internal static class Tour
{
    public static async Task<int> RunAsync(Application application, IReadOnlyList<IStep> steps, CancellationToken cancellationToken)
    {
        var report = new Report();
        for (var i = 0; i < steps.Count; i++)
        {
            report.Heading($"{i + 1}  {steps[i].Title}");
            if (await FaultOf(steps[i], report, cancellationToken) is not { } fault) continue;

            report.Failed($"Step {i + 1} ({steps[i].Title}) failed: {fault}.");
            foreach (var warning in application.Warnings.Messages) report.Quote(warning);
            return 1;
        }

        var elapsed = DateTime.Now - Process.GetCurrentProcess().StartTime;
        report.Heading($"All {steps.Count} steps happened, in {elapsed.TotalSeconds:0.0} s. Cold start of the client: {application.ColdStart.TotalMilliseconds:N0} ms from building the container to the first answer.");
        return 0;
    }

    private static async Task<string?> FaultOf(IStep step, Report report, CancellationToken cancellationToken)
    {
        try
        {
            await step.RunAsync(report, cancellationToken);
            return null;
        }
        catch (StepFailedException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return "interrupted";
        }
    }
}
