namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The acts of the guard over adopted snapshots. Safe to use from any thread.</summary>
internal interface IAdoptionSteering
{
    /// <summary>Calls a handler with each adoption from now on, and with null when another snapshot comes into force otherwise. It runs within the turn: quick, and never throws.</summary>
    void OnAdoption(Action<Adoption?> adopted);

    /// <summary>Puts the snapshot before an adoption in force and holds it, unless the adoption is no longer the last act. Never waits for the disk, and never throws.</summary>
    /// <param name="adoption">The adoption.</param>
    /// <param name="evidence">The reason.</param>
    void StepBack(Adoption adoption, string evidence);
}
