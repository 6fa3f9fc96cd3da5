namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>Reports what is wrong with an experiment. Called once for each kind and version of its weights. Never throws.</summary>
internal interface IExperimentAlarm
{
    /// <summary>Reports that units are not divided as the weights say.</summary>
    void Mismatched(ExperimentHealth health);

    /// <summary>Reports that a unit was given several variants.</summary>
    void Crossed(ExperimentHealth health);

    /// <summary>Reports that a unit was given a variant that the weights assign to no unit.</summary>
    void Unassigned(ExperimentHealth health);
}
