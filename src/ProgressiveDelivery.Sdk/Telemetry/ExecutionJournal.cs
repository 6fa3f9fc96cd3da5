using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>Logs what happens to the calls that flags choose the code of.</summary>
/// <param name="logger">The log.</param>
/// <param name="client">The client's name.</param>
internal sealed class ExecutionJournal(ILogger logger, string client)
{
    /// <summary>Logs that control answers a call, and the exception that its caller does not get.</summary>
    public void FellBack(string flag, string variant, Exception failure) => logger.TreatmentFailed(failure, client, flag, variant);

    public void WatchFailed(Exception exception) => logger.OutcomeWatchFailed(exception, client);
}
