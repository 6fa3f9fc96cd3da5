namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The result of a call of the store.</summary>
internal enum StoreCallResult
{
    /// <summary>It answered.</summary>
    Answered = 0,

    /// <summary>It failed, or gave an answer that is none.</summary>
    Failed,

    /// <summary>It did not answer in time.</summary>
    Late,

    /// <summary>It was not called: it failed a short time ago.</summary>
    Skipped,
}
