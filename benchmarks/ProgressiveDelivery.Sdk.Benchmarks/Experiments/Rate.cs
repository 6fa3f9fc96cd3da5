namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>A number of runs as a share of all.</summary>
internal readonly record struct Rate(int Hits, int Runs)
{
    private const double Errors = 3;

    public double Share => (double)Hits / Runs;

    /// <summary>Returns the Monte-Carlo standard error of a share at its nominal value.</summary>
    public static double Error(double nominal, int runs) => Math.Sqrt(nominal * (1 - nominal) / runs);

    /// <summary>Returns the greatest share that <see cref="Holds"/>, as text.</summary>
    public static string Limit(double nominal, int runs) => Markdown.Text($"{(nominal + (Errors * Error(nominal, runs))) * 100:0.00} %");

    /// <summary>Returns true if the share is no more than nominal and three Monte-Carlo standard errors.</summary>
    public bool Holds(double nominal) => Share <= nominal + (Errors * Error(nominal, Runs));

    /// <summary>Returns the share with what it says of the nominal one.</summary>
    public string Against(double nominal) => Holds(nominal) ? $"{this} holds" : $"**{this} exceeds**";

    public override string ToString() => Markdown.Text($"{Share * 100:0.00} %");
}
