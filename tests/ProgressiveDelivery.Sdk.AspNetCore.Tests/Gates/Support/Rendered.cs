namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

/// <summary>Counts what views run.</summary>
public sealed class Rendered
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public string Run(string text)
    {
        Interlocked.Increment(ref _count);
        return text;
    }
}
