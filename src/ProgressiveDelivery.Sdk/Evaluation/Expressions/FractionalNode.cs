using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Chooses a share by a hash. Yields null for a value that cannot be hashed, and for invalid shares.</summary>
internal sealed class FractionalNode(Expression? by, FractionalShare[] shares, FractionalHash hash, ExpressionSurroundings surroundings) : Expression
{
    private const int SharesOnStack = 64;

    // Members are sorted by their names, which are read repeatedly.
    private const int SortedPart = 8;

    private static readonly string[] KeyPath = [EvaluationContext.TargetingKeyName];

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        if (shares.Length == 0 || !TryHash(in input, ref run, out var hashed))
            return default;
        if (shares.Length <= SharesOnStack)
        {
            Span<long> weights = stackalloc long[SharesOnStack];
            return Choose(in input, ref run, hashed, weights[..shares.Length]);
        }

        var pooled = ArrayPool<long>.Shared.Rent(shares.Length);
        var value = Choose(in input, ref run, hashed, pooled.AsSpan(0, shares.Length));
        ArrayPool<long>.Shared.Return(pooled);
        return value;
    }

    private AttributeValue Choose(in EvaluationInput input, ref ExpressionRun run, uint hashed, Span<long> weights)
    {
        long total = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = shares[i].Weigh(in input, ref run);
            if (weights[i] < 0)
                return default;
            total += weights[i];
        }

        if (total is 0 or > int.MaxValue)
            return default;
        var chosen = hash == FractionalHash.SignedText ? PlaceSigned(hashed, weights, total) : Place(hashed, weights, total);
        // Inside a loop, only its result is explained: all iterations would fill an explanation.
        if (run.View == ExpressionView.Context)
            input.Trace?.Add(ExplanationKind.Split, "fractional", chosen >= 0, $"the hash is {hashed}, the weights are {string.Join(", ", weights.ToArray())}: share {chosen + 1}");
        return chosen < 0 ? default : shares[chosen].Yield(in input, ref run);
    }

    private static int Place(uint hashed, ReadOnlySpan<long> weights, long total)
    {
        var position = (long)((hashed * (ulong)total) >> 32);
        long end = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            end += weights[i];
            if (position < end)
                return i;
        }

        return -1;
    }

    // The two ends of the range of hashes belong to no share.
    private static int PlaceSigned(uint hashed, ReadOnlySpan<long> weights, long total)
    {
        var position = Math.Abs((double)(int)hashed) / int.MaxValue * 100;
        double end = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            end += 100 * (double)weights[i] / total;
            if (position < end)
                return i;
        }

        return -1;
    }

    private bool TryHash(in EvaluationInput input, ref ExpressionRun run, out uint hashed)
    {
        if (hash == FractionalHash.Cbor)
            return TryHashCbor(in input, ref run, out hashed);
        return by is ConcatenationNode text ? HashText(text, in input, ref run, out hashed) : TryHashText(in input, ref run, out hashed);
    }

    [SkipLocalsInit]
    private static bool HashText(ConcatenationNode text, in EvaluationInput input, ref ExpressionRun run, out uint hashed)
    {
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        text.Append(in input, ref run, ref buffer);
        var isHashed = TryHash(buffer.Text, ref run.Cost, out hashed);
        buffer.Return();
        return isHashed;
    }

    [SkipLocalsInit]
    private bool TryHashText(in EvaluationInput input, ref ExpressionRun run, out uint hashed)
    {
        hashed = 0;
        var value = by is null ? default : by.Evaluate(in input, ref run);
        if (value.AsString() is { } text)
            return TryHash(text, ref run.Cost, out hashed);
        if (!value.IsNull || Key(in input, ref run.Cost) is not { Length: > 0 } key || !run.Cost.TryWrite(key.Length))
            return false;
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        buffer.Append(surroundings.FlagKey);
        buffer.Append(key);
        var isHashed = TryHash(buffer.Text, ref run.Cost, out hashed);
        buffer.Return();
        return isHashed;
    }

    [SkipLocalsInit]
    private bool TryHashCbor(in EvaluationInput input, ref ExpressionRun run, out uint hashed)
    {
        hashed = 0;
        Unsafe.SkipInit(out ByteRoom room);
        var buffer = new CborBuffer(room);
        if (by is null)
        {
            if (Key(in input, ref run.Cost) is not { } key || !run.Cost.TryWrite(key.Length))
                return false;
            buffer.BeginList(2);
            buffer.Append(surroundings.FlagKey);
            buffer.Append(key);
        }
        else if (by is ConcatenationNode text)
        {
            AppendText(text, in input, ref run, ref buffer);
        }
        else
        {
            var value = by.Evaluate(in input, ref run);
            if (value.IsNull || !run.Cost.TryWrite(value.IsCompound ? value.Size * SortedPart : value.Size))
                return false;
            buffer.Append(in value);
        }

        hashed = Murmur3.Hash(buffer.Bytes, 0);
        buffer.Return();
        return !run.Cost.IsExceeded;
    }

    [SkipLocalsInit]
    private static void AppendText(ConcatenationNode text, in EvaluationInput input, ref ExpressionRun run, ref CborBuffer cbor)
    {
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        text.Append(in input, ref run, ref buffer);
        if (run.Cost.TryWrite(buffer.Text.Length))
            cbor.AppendText(buffer.Text);
        buffer.Return();
    }

    private string? Key(in EvaluationInput input, ref FormulaCost cost) => surroundings.Find(in input, KeyPath, ref cost).AsString();

    private static bool TryHash(ReadOnlySpan<char> text, ref FormulaCost cost, out uint hashed)
    {
        hashed = cost.TryWrite(text.Length) ? Hash(text) : 0;
        return !cost.IsExceeded;
    }

    [SkipLocalsInit]
    private static uint Hash(ReadOnlySpan<char> text)
    {
        Unsafe.SkipInit(out ByteRoom room);
        Span<byte> bytes = room;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= bytes.Length)
            return Murmur3.Hash(bytes[..Encoding.UTF8.GetBytes(text, bytes)], 0);
        var pooled = ArrayPool<byte>.Shared.Rent(most);
        var hashed = Murmur3.Hash(pooled.AsSpan(0, Encoding.UTF8.GetBytes(text, pooled)), 0);
        ArrayPool<byte>.Shared.Return(pooled);
        return hashed;
    }

    [InlineArray(512)]
    private struct ByteRoom
    {
        private byte _first;
    }
}
