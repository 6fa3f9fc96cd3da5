using CsCheck;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>Any interleaving of writes, stages, faults and kills.</summary>
public sealed class MigrationPropertyTests
{
    private static readonly Gen<(int Act, int Choice)[]> Steps = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 999]).Array[1, 40];

    [Fact]
    public Task SideWithoutAuthorityIsNeverAhead() => Steps.SampleAsync(
        async steps =>
        {
            using var play = new WritePlay();
            foreach (var (act, choice) in steps)
            {
                await play.StepAsync(act, choice);
                play.ShouldHold();
            }

            await play.FinishAsync();
            play.ShouldHold();
        },
        iter: 300,
        threads: 1);
}
