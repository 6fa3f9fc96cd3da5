namespace ProgressiveDelivery.Sdk.Steering;

/// <content>The steps back of the guard over adopted snapshots.</content>
internal sealed partial class SnapshotControl : IAdoptionSteering
{
    public void OnAdoption(Action<Adoption?> adopted)
    {
        lock (_steering.Turn)
            _steering.Adopted += adopted;
    }

    public void StepBack(Adoption adoption, string evidence) => Change(() =>
        !_steering.IsClosed && _steering.Hold is null or { IsAdoption: true } && _holds.StepBackFrom(adoption, new(AdoptionPlan.Author, evidence)).IsDone);
}
