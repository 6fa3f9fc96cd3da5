namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Testing;

/// <summary>Tests that measure the memory of the process: no other test runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
