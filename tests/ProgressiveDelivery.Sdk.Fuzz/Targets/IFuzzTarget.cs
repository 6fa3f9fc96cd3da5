namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Something that takes bytes from outside and makes promises about every one of them.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>Runs one input.</summary>
    /// <exception cref="BrokenPromiseException">A promise is broken; so it is by any other exception.</exception>
    void Run(byte[] input);
}
