using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk;

/// <summary>One thing that an evaluation looked at.</summary>
public sealed record ExplanationStep
{
    /// <summary>What kind of thing.</summary>
    public required ExplanationKind Kind { get; init; }

    /// <summary>The thing: a rule's id, a condition as written, a flag's key, a variant.</summary>
    public required string Subject { get; init; }

    /// <summary>What came of it.</summary>
    public required ExplanationOutcome Outcome { get; init; }

    /// <summary>Why, in words: the attribute's value (unless private), or that it is missing.</summary>
    public string? Detail { get; init; }

    /// <summary>Where the unit fell, for what hashes.</summary>
    public BucketExplanation? Bucket { get; init; }

    /// <summary>Where the unit fell on the scale of another backend's hash, where that decided; null otherwise.</summary>
    public double? Position { get; init; }

    /// <summary>What this looked at in turn.</summary>
    public IReadOnlyList<ExplanationStep> Steps { get; init; } = [];

    internal void Write(StringBuilder text, int depth)
    {
        text.Append(' ', depth * 2)
            .Append(Outcome switch
            {
                ExplanationOutcome.Yes => "✓ ",
                ExplanationOutcome.No => "✗ ",
                _ => "? ",
            })
            .Append(CultureInfo.InvariantCulture, $"{Kind} {Subject}");
        if (Detail is not null)
            text.Append(": ").Append(Detail);
        if (Bucket is not null)
            text.Append(CultureInfo.InvariantCulture, $" [position {Bucket.Position} of 1000000, in {Bucket.From}…{Bucket.To - 1}? {(Bucket.Inside ? "yes" : "no")}; salt \"{Bucket.Salt}\", by {Bucket.By}]");
        text.Append('\n');
        foreach (var step in Steps)
            step.Write(text, depth + 1);
    }
}

/// <summary>What kind of thing an <see cref="ExplanationStep"/> is about.</summary>
public enum ExplanationKind
{
    /// <summary>Whether the flag is enabled.</summary>
    Enabled,

    /// <summary>A flag that is required.</summary>
    Prerequisite,

    /// <summary>A rule of the flag.</summary>
    Rule,

    /// <summary>A condition, or a part of one.</summary>
    Condition,

    /// <summary>A segment.</summary>
    Segment,

    /// <summary>What the flag serves when no rule decides.</summary>
    Default,

    /// <summary>A rollout's admission.</summary>
    Rollout,

    /// <summary>A split's choice.</summary>
    Split,

    /// <summary>An experiment.</summary>
    Experiment,

    /// <summary>A layer's placing.</summary>
    Layer,

    /// <summary>A holdout.</summary>
    Holdout,

    /// <summary>A stored assignment.</summary>
    Assignment,

    /// <summary>A step inside a rule.</summary>
    Step,
}

/// <summary>What came of an <see cref="ExplanationStep"/>.</summary>
public enum ExplanationOutcome
{
    /// <summary>It did not hold, admit or yield.</summary>
    No = 0,

    /// <summary>It held, admitted or yielded.</summary>
    Yes,

    /// <summary>It could not be told: an attribute is missing or of the wrong kind, or a flag is missing.</summary>
    Unknown,
}

/// <summary>Where a unit fell in a hashed range of 1,000,000 positions.</summary>
/// <param name="Salt">What was hashed with the unit.</param>
/// <param name="By">The reference that gave the unit.</param>
/// <param name="Position">The unit's position, 0 to 999,999.</param>
/// <param name="From">The first position inside.</param>
/// <param name="To">The first position after it: for a rollout, the threshold.</param>
public sealed record BucketExplanation(string Salt, string By, int Position, int From, int To)
{
    /// <summary>Whether the unit fell inside.</summary>
    public bool Inside => Position >= From && Position < To;
}
