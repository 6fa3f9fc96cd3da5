using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Logs and counts the overrides of one client.</summary>
/// <param name="client">The client's name for people.</param>
/// <param name="logger">The log.</param>
/// <param name="meter">The counts.</param>
/// <param name="clock">Measures the time of refusals.</param>
internal sealed class OverrideJournal(string client, ILogger logger, OverrideMeter meter, TimeProvider clock)
{
    private readonly RefusalAllowance _refusals = new(clock);

    public void Accepted(OverrideUser user, string flag, string variant)
    {
        logger.OverrideAccepted(client, user.Name, flag, variant);
        meter.Accepted(client, 1);
    }

    public void Unknown(OverrideUser user, string flag, string variant)
    {
        logger.OverrideUnknown(client, user.Name, flag, variant);
        meter.Ignored(client, 1);
    }

    public void Malformed(int count)
    {
        if (count == 0)
            return;
        logger.OverrideMalformed(client, count);
        meter.Ignored(client, count);
    }

    public void Refused()
    {
        if (IsLogged())
            logger.OverrideRefused(client);
    }

    public void TooLarge()
    {
        if (IsLogged())
            logger.OverrideTooLarge(client);
    }

    public void CookieRefused()
    {
        if (IsLogged())
            logger.OverrideCookieRefused(client);
    }

    public void ConditionFailed(Exception fault)
    {
        if (IsLogged())
            logger.OverrideConditionFailed(fault, client);
    }

    private bool IsLogged()
    {
        meter.Refused(client);
        var isLogged = _refusals.TryTake(out var omitted);
        if (omitted > 0)
            logger.OverrideRefusalsOmitted(client, omitted);
        return isLogged;
    }
}
