using System.Diagnostics.CodeAnalysis;

namespace Quickstart;

/// <summary>What a step claims must have happened.</summary>
internal static class Check
{
    public static void That([DoesNotReturnIf(false)] bool happened, string otherwise)
    {
        if (!happened) throw new StepFailedException(otherwise);
    }
}

/// <summary>A step did not do what it is there to show.</summary>
internal sealed class StepFailedException(string message) : Exception(message);
