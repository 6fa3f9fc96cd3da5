namespace Experiment;

/// <summary>A bar on one line of the console; without a console, one line at the end.</summary>
/// <param name="title">What is under way.</param>
internal sealed class ProgressBar(string title) : IProgress<double>, IDisposable
{
    private const int Width = 30;

    private readonly object _gate = new();
    private int _shown = -1;

    public void Report(double value)
    {
        var done = (int)Math.Round(Math.Clamp(value, 0, 1) * Width);
        lock (_gate)
        {
            if (done <= _shown || Console.IsOutputRedirected)
                return;
            _shown = done;
            Console.Write($"\r  {title,-16} {new string('█', done)}{new string('░', Width - done)} {100.0 * done / Width,3:0} %");
        }
    }

    public void Dispose()
    {
        Report(1);
        Console.WriteLine(Console.IsOutputRedirected ? $"  {title,-16} done" : "");
    }
}
