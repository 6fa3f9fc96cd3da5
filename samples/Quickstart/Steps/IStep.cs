namespace Quickstart.Steps;

/// <summary>One thing that the tour shows, and checks.</summary>
internal interface IStep
{
    string Title { get; }

    /// <exception cref="StepFailedException">It did not happen.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
