namespace ProgressiveDelivery.Sdk.Soak.Backend;

/// <summary>What happens when: twenty ticks a second, each publishing something, and a round of bad weather every half minute.</summary>
internal sealed class Season(Publisher publisher, FlappingServer server)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private const int TicksOfARound = 600;

    // Ticks of a round; fair weather in between.
    private static readonly (int From, int To, Weather Weather)[] Forecast =
    [
        (120, 150, Weather.Resetting), (240, 320, Weather.Silent), (380, 420, Weather.Failing), (500, 540, Weather.Down),
    ];

    /// <summary>How many poisoned documents and patches were sent.</summary>
    public int Poisons { get; private set; }

    /// <summary>How many kills were sent.</summary>
    public int Kills { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Tick);
        for (var tick = 1; await ticks.WaitForNextTickAsync(cancellationToken); tick++)
        {
            var weather = Forecast.FirstOrDefault(spell => tick % TicksOfARound >= spell.From && tick % TicksOfARound < spell.To).Weather;
            if (weather != server.Weather)
                await server.ChangeAsync(weather);
            Publish(tick);
        }
    }

    private void Publish(int tick)
    {
        if (tick % 40 == 0)
            publisher.PublishWhole();
        else if (tick % 10 == 0)
            publisher.Heartbeat();
        else
            publisher.PublishPatch();
        if (tick % 23 == 0)
            Kill();
        if (tick % 71 == 0)
            Poison(tick / 71);
        if (tick % 103 == 0)
            server.HangUp();
    }

    private void Kill()
    {
        publisher.Kill();
        Kills++;
    }

    private void Poison(int kind)
    {
        publisher.Poison(kind);
        server.PoisonNextPoll();
        Poisons++;
    }
}
