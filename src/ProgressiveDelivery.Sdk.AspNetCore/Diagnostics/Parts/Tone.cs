namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

/// <summary>The look of a state: its color and its shape. A word always stands beside it.</summary>
/// <param name="Name">The class of its color.</param>
/// <param name="Shape">The shape of its icon.</param>
internal readonly record struct Tone(string Name, string Shape)
{
    public static Tone Good => new("good", "check");

    public static Tone Warn => new("warn", "triangle");

    public static Tone Bad => new("bad", "octagon");

    public static Tone Hold => new("hold", "pause");

    public static Tone None => new("none", "ring");

    public static Tone Waits => new("none", "clock");

    public static Tone Aged => new("warn", "clock");
}
