using System.Diagnostics;
using System.Globalization;

namespace Canary;

/// <summary>Prints each half second as a line of a chart, and what happens between.</summary>
internal sealed class Timeline(Load load)
{
    private const int Width = 20;

    private readonly long _begin = Stopwatch.GetTimestamp();
    private (long All, long New, long Failed) _before;

    /// <summary>Prints an event.</summary>
    public void Note(string text) => Print($"  {text}");

    /// <summary>Prints the requests since the last line.</summary>
    public void Draw()
    {
        var now = load.Counts;
        var (all, @new, failed) = (now.All - _before.All, now.New - _before.New, now.Failed - _before.Failed);
        _before = now;
        var share = all == 0 ? 0 : (double)(@new + failed) / all;
        var part = all == 0 ? 0 : (double)failed / all;
        Print(string.Create(CultureInfo.InvariantCulture, $"new {Bar(share)} {share,4:0 %}   failed {Bar(part)} {failed,3} of {all,3}"));
    }

    private void Print(string text) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_begin).TotalSeconds,5:0.0} s  {text}"));

    private static string Bar(double share)
    {
        var length = share > 0 ? Math.Clamp((int)Math.Round(share * Width), 1, Width) : 0;
        return new string('#', length).PadRight(Width, '.');
    }
}
