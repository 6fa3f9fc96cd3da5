using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk;

/// <summary>One step of an evaluation.</summary>
public sealed record ExplanationStep
{
    /// <summary>The kind of step.</summary>
    public required ExplanationKind Kind { get; init; }

    /// <summary>The subject: a rule's id, a condition as written, a flag's key, a variant.</summary>
    public required string Subject { get; init; }

    /// <summary>The result of the step.</summary>
    public required ExplanationOutcome Outcome { get; init; }

    /// <summary>The reason in words: the attribute's value (unless private), or that it is missing.</summary>
    public string? Detail { get; init; }

    /// <summary>The unit's place in the hashed range, for a step that hashes.</summary>
    public BucketExplanation? Bucket { get; init; }

    /// <summary>The unit's position on the scale of another backend's hash, if that decided; otherwise null.</summary>
    public double? Position { get; init; }

    /// <summary>The nested steps, in order.</summary>
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
            text.Append(CultureInfo.InvariantCulture, $" [position {Bucket.Position} of 1000000, in {Bucket.From}…{Bucket.To - 1}? {(Bucket.IsInside ? "yes" : "no")}; salt \"{Bucket.Salt}\", by {Bucket.By}]");
        text.Append('\n');
        foreach (var step in Steps)
            step.Write(text, depth + 1);
    }
}

/// <summary>The kind of an <see cref="ExplanationStep"/>.</summary>
public enum ExplanationKind
{
    /// <summary>The check that the flag is enabled.</summary>
    Enabled,

    /// <summary>A flag that is required.</summary>
    Prerequisite,

    /// <summary>A rule of the flag.</summary>
    Rule,

    /// <summary>A condition, or a part of one.</summary>
    Condition,

    /// <summary>A segment.</summary>
    Segment,

    /// <summary>The flag's default, which is served when no rule decides.</summary>
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

    /// <summary>A variant that the context or the unit of work forces for a test.</summary>
    Forced,
}

/// <summary>The result of an <see cref="ExplanationStep"/>.</summary>
public enum ExplanationOutcome
{
    /// <summary>It did not hold, admit or yield.</summary>
    No = 0,

    /// <summary>It held, admitted or yielded.</summary>
    Yes,

    /// <summary>It could not be determined: an attribute is missing or of the wrong kind, or a flag is missing.</summary>
    Unknown,
}

/// <summary>The place of a unit in a hashed range of 1,000,000 positions.</summary>
public sealed record BucketExplanation
{
    /// <summary>Sets the required members.</summary>
    /// <param name="salt">The <see cref="Salt"/>.</param>
    /// <param name="by">The <see cref="By"/>.</param>
    /// <param name="position">The <see cref="Position"/>.</param>
    /// <param name="from">The <see cref="From"/>.</param>
    /// <param name="to">The <see cref="To"/>.</param>
    public BucketExplanation(string salt, string by, int position, int from, int to) =>
        (Salt, By, Position, From, To) = (salt, by, position, from, to);

    /// <summary>The text hashed with the unit.</summary>
    public string Salt { get; init; }

    /// <summary>The reference that gave the unit.</summary>
    public string By { get; init; }

    /// <summary>The unit's position, 0 to 999,999.</summary>
    public int Position { get; init; }

    /// <summary>The first position inside.</summary>
    public int From { get; init; }

    /// <summary>The first position after it: for a rollout, the threshold.</summary>
    public int To { get; init; }

    /// <summary>Indicates whether the unit is inside the range.</summary>
    public bool IsInside => Position >= From && Position < To;
}
