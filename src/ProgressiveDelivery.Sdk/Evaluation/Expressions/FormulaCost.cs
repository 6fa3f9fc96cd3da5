namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>
/// The cost of the formulas of one evaluation, over all its rules. Formulas are untrusted, and references can double the lists in them. Each
/// operation charges its cost before it works, and does nothing after the limit.
/// </summary>
internal struct FormulaCost
{
    /// <summary>The limit: about one step per node that a loop evaluates, per eight characters and per item. A few milliseconds in total.</summary>
    public const int MaxSteps = 100_000;

    /// <summary>The limit on the bytes allocated for texts, lists and objects.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // Shorter texts cost no more than the node that reads them.
    private const int FreeLength = 64;
    private const int CharactersPerStep = 8;
    private const int ComparisonsPerStep = 1_024;
    private const int ObjectHeader = 24;
    private const int ItemSize = 24;

    /// <summary>The steps so far; more than the limit if any limit is exceeded.</summary>
    public int Steps { get; private set; }

    /// <summary>The bytes so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Indicates whether a limit is exceeded. The result is then discarded.</summary>
    public readonly bool IsExceeded => Steps > MaxSteps;

    /// <summary>Charges steps; false if the limit is exceeded.</summary>
    public bool TryCharge(long steps)
    {
        Steps = (int)Math.Min(MaxSteps + 1, Steps + Math.Min(steps, MaxSteps + 1));
        return !IsExceeded;
    }

    /// <summary>Charges one pass through some characters.</summary>
    public bool TryRead(long characters) => characters < FreeLength ? !IsExceeded : TryCharge(characters / CharactersPerStep);

    /// <summary>Charges writing some characters, into a buffer or as a text.</summary>
    public bool TryWrite(long characters) => TryRead(characters) && TryAllocate(Math.Min(characters, MaxBytes) * sizeof(char));

    /// <summary>Charges a list of some items.</summary>
    public bool TryList(long items) => TryCharge(items / CharactersPerStep) && TryAllocate(Math.Min(items, MaxBytes) * ItemSize);

    /// <summary>Charges a search for one text in another, which may compare all of it at each place of the other.</summary>
    public bool TrySearch(int characters, int wanted) => TryRead(characters) && TryCharge((long)characters * wanted / ComparisonsPerStep);

    /// <summary>Charges an object of some bytes.</summary>
    public bool TryAllocate(long bytes)
    {
        if (bytes > MaxBytes - ObjectHeader - Bytes)
            return TryCharge(MaxSteps + 1);
        Bytes += (int)bytes + ObjectHeader;
        return !IsExceeded;
    }
}
