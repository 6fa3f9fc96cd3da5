using System.Globalization;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Logs what is wrong with experiments.</summary>
/// <param name="logger">The log; it does not throw.</param>
/// <param name="client">The client's name for people.</param>
internal sealed class ExperimentJournal(ILogger logger, string client) : IExperimentAlarm
{
    private const int MaxVariants = 10;

    public void Mismatched(ExperimentHealth health) => logger.SampleRatioMismatch(client, health.Experiment, health.Flag, UnitsOf(health), health.PValue);

    public void Crossed(ExperimentHealth health) => logger.ExperimentCrossed(client, health.Experiment, health.Flag);

    public void Unassigned(ExperimentHealth health) => logger.ExperimentUnassigned(client, health.Experiment, health.Flag);

    private static string UnitsOf(ExperimentHealth health)
    {
        var shown = string.Join(", ", health.Variants.Take(MaxVariants).Select(variant =>
            string.Create(CultureInfo.InvariantCulture, $"'{variant.Variant}' {variant.Units} of {variant.ExpectedShare * health.Units:0.#} expected")));
        return health.Variants.Count > MaxVariants ? $"{shown} and {health.Variants.Count - MaxVariants} more variants" : shown;
    }
}
