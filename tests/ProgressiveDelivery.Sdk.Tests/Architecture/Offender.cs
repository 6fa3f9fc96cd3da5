namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Breaks the rules on purpose, deep inside: an evaluation that knows the client's storage, a source and the container.</summary>
internal sealed class Offender
{
    public static Func<int> Hidden => () => Enumerable.Empty<Snapshots.SnapshotStore>().Count();

    public static async Task Awaited() => await Task.FromResult(new List<Sources.SnapshotReading>());

    public static object Made() => new Action(() => _ = nameof(Definitions) + typeof(DependencyInjection.ProgressiveDeliveryBuilder).Name);

    public static int Called(object features) => ((IFeatureClient)features).Status.HasRules ? 1 : 0;
}
