using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>How much a call allocates on this thread, once it is warm.</summary>
internal static class Allocated
{
    private const int WarmUps = 200;
    private const int Calls = 200;

    // A collection in the midst counts what is left of the thread's chunk of memory, up to 8 KiB. Calls that allocate do so in each round.
    private const int Rounds = 3;

    /// <summary>The bytes of 200 calls.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long By(Action call)
    {
        for (var i = 0; i < WarmUps; i++)
            call();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
                call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>The bytes of one call on something that was never called before; the same call was warmed up on others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long ByFirst<T>(Func<T> make, Action<T> call)
    {
        for (var i = 0; i < WarmUps; i++)
            call(make());
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var fresh = make();
            var before = GC.GetAllocatedBytesForCurrentThread();
            call(fresh);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
