using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>One change, and how each side takes it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MigrationChange<TKey, TChange>(
    TKey Key, TChange Change, Func<TKey, TChange, CancellationToken, ValueTask> Old, Func<TKey, TChange, CancellationToken, ValueTask> New)
{
    public ValueTask WriteAsync(MigrationSide side, CancellationToken cancellationToken) => (side == MigrationSide.Old ? Old : New)(Key, Change, cancellationToken);
}
