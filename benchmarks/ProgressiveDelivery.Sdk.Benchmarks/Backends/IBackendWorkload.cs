using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>One backend's documents and callers. The gate makes one of every class that implements it, with its public parameterless constructor.</summary>
internal interface IBackendWorkload
{
    /// <summary>The backend's name, for the table.</summary>
    string Vendor { get; }

    /// <summary>Reads the backend's documents.</summary>
    ISnapshotFormat Format { get; }

    /// <summary>The share of callers, 0 to 1, that <see cref="Ask"/> counts; what comes out must be near it.</summary>
    double Share { get; }

    /// <summary>A document with that many flags, as applications have them: on and off, rules on attributes, splits; one of them is the rollout.</summary>
    byte[] Document(int flags);

    /// <summary>A caller, as the backend's own context mapping has it.</summary>
    EvaluationContext Context(int index);

    /// <summary>Asks the flag with the percentage rollout: 1 where the caller is in, else 0.</summary>
    int Ask(IFeatureEvaluator flags, EvaluationContext context);
}
