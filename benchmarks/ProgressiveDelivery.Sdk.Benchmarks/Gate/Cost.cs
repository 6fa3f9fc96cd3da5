namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>What one operation costs.</summary>
/// <param name="Nanoseconds">The median of the repetitions.</param>
/// <param name="Bytes">Allocated by the thread that does it: all bytes over all operations, so 0 is exactly none.</param>
internal readonly record struct Cost(double Nanoseconds, double Bytes);
