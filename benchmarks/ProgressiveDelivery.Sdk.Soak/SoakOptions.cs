using System.Globalization;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>What the command line asks for.</summary>
/// <param name="Minutes">How long it goes on.</param>
/// <param name="Flags">How many flags each snapshot has.</param>
internal sealed record SoakOptions(double Minutes = 10, int Flags = 1_000)
{
    public const string Usage = "Options: --minutes 10, --flags 1000.";

    /// <summary>How much faster time passes for the client and its backend, so that pauses of minutes happen many times.</summary>
    public const int Haste = 20;

    /// <summary>How often it tells how it goes.</summary>
    public static TimeSpan ReportInterval { get; } = TimeSpan.FromSeconds(10);

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    /// <summary>The part of it before anything is judged: caches, pools and tiers fill first.</summary>
    public TimeSpan WarmUp => Duration / 4;

    /// <summary>Null where the command line cannot be understood.</summary>
    public static SoakOptions? Parse(string[] args)
    {
        var options = new SoakOptions();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--minutes" && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < 100_000)
                options = options with { Minutes = minutes };
            else if (args[i] == "--flags" && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var flags) && flags is >= 10 and <= 50_000)
                options = options with { Flags = flags };
            else
                return null;
        }

        return args.Length % 2 == 0 ? options : null;
    }
}
