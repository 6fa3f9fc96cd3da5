using System.Globalization;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Durations: a decimal number and its unit, one of <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> and <c>d</c>, without a space or a sign: <c>0.4s</c>, <c>5m</c>. They are exact: a whole
/// number of 100 nanoseconds.
/// </summary>
internal static class DurationJson
{
    private const int MaxLength = 24;

    // The longest first, as the writer prefers them. The reader begins at the end: the name of milliseconds ends like that of seconds.
    private static readonly (string Name, long Ticks)[] Units =
        [("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length > MaxLength || Array.FindLast(Units, unit => text.EndsWith(unit.Name, StringComparison.Ordinal)) is not { Name: { } name, Ticks: var unit })
            return false;
        var number = text.AsSpan(0, text.Length - name.Length);
        if (!IsPlain(number) || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return false;
        if (count > (decimal)TimeSpan.MaxValue.Ticks / unit || decimal.Truncate(count * unit) != count * unit)
            return false;
        duration = new((long)(count * unit));
        return true;
    }

    /// <summary>Writes a duration in the longest unit of which it is a whole number; otherwise in seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        var (name, unit) = duration.Ticks == 0 ? ("s", TimeSpan.TicksPerSecond) : Array.Find(Units, unit => duration.Ticks % unit.Ticks == 0);
        return name is null
            ? string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks / TimeSpan.TicksPerSecond:0.#######}s")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit}{name}");
    }

    // Digits, and further digits after a point.
    private static bool IsPlain(ReadOnlySpan<char> number)
    {
        var point = number.IndexOf('.');
        return point < 0
            ? IsDigits(number)
            : IsDigits(number[..point]) && IsDigits(number[(point + 1)..]);
    }

    private static bool IsDigits(ReadOnlySpan<char> digits) => !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
}
