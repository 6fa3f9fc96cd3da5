namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>Standard input, which the bench holds open: its end is the bench's end. A line on it is an order.</summary>
internal static class Lifeline
{
    public static void Hold() => new Thread(Read) { IsBackground = true, Name = "lifeline" }.Start();

    private static void Read()
    {
        while (Console.In.ReadLine() is { } order)
        {
            if (order == "crash")
                throw new InvalidOperationException("A crash that was ordered.");
        }

        Environment.Exit(70);
    }
}
