using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Writes the steps of an evaluation as nested lists: each with its result as an icon and a word. Rules that were not reached are named so.</summary>
internal sealed class TraceTree(HtmlWriter html, FlagInfo flag, Explanation explanation, SnapshotControlState? state)
{
    private const int MaxDepth = 30;

    public static Tone Holds => Tone.Good;

    public static Tone DoesNot => new("none", "octagon");

    public static Tone NotEvaluated => Tone.None;

    private static Tone Decides => new("hold", "check");

    public void Write()
    {
        using (html.Element("ol", ("class", "trace")))
        {
            var (before, after) = Split();
            foreach (var step in before)
                WriteStep(step, 0);
            WriteInterventions();
            var rule = 0;
            foreach (var step in after)
                WriteStep(step, 0, step.Kind == ExplanationKind.Rule ? ++rule : 0);
            WriteNotReached(rule);
        }
    }

    private (ExplanationStep[] Before, ExplanationStep[] After) Split()
    {
        ExplanationStep[] before = [.. explanation.Steps.TakeWhile(step => step.Kind is ExplanationKind.Enabled or ExplanationKind.Prerequisite)];
        return (before, [.. explanation.Steps.Skip(before.Length)]);
    }

    private void WriteInterventions()
    {
        var acts = explanation.Reason is EvaluationReason.Override or EvaluationReason.Guarded or EvaluationReason.Killed;
        using (html.Element("li"))
        {
            html.Icon(acts ? Decides : NotEvaluated);
            using (html.Element("div"))
            {
                using (html.Element("p"))
                {
                    html.Element("strong", null, "Guards and overrides");
                    html.Text(acts ? $": {Intervention()} decides" : ": none acts");
                }

                foreach (var words in Details(acts))
                    html.Element("p", "sub", words);
            }
        }
    }

    private string Intervention() => explanation.Reason switch
    {
        EvaluationReason.Override => "an override",
        EvaluationReason.Guarded => "a guard",
        _ => "a kill",
    };

    private IEnumerable<string> Details(bool acts)
    {
        if (acts && state?.Overrides.FirstOrDefault(standing => standing.Flag == flag.Key) is { } standing)
            yield return $"overridden by {SafeText.Cut(standing.By)}: {SafeText.Cut(standing.Reason)}";
        foreach (var note in explanation.Notes)
            yield return SafeText.Cut(note, 400);
    }

    private void WriteNotReached(int reached)
    {
        if (explanation.Steps.Any(step => step.Kind == ExplanationKind.Default))
            return;
        for (var i = reached; i < flag.Rules.Count; i++)
            WriteNotEvaluated($"Rule {Numbers.Count(i + 1)}, {SafeText.Cut(flag.Rules[i].Id)}");
        WriteNotEvaluated("Default");
    }

    private void WriteNotEvaluated(string name)
    {
        using (html.Element("li", ("class", "trace-skipped")))
        {
            html.Icon(NotEvaluated);
            using (html.Element("p"))
            {
                html.Element("strong", null, name);
                html.Text(": not evaluated");
            }
        }
    }

    private void WriteStep(ExplanationStep step, int depth, int rule = 0)
    {
        if (depth > MaxDepth)
            return;
        using (html.Element("li"))
        {
            html.Icon(ToneOf(step, depth));
            using (html.Element("div"))
            {
                using (html.Element("p"))
                    WriteTitle(step, depth, rule);
                if (StepWords.Detail(step) is { } detail)
                    WriteDetail(detail);
                if (step.Bucket is { } bucket)
                    PositionLine.Write(html, step.Kind, bucket);
                else if (step.Position is { } position)
                    html.Element("p", "sub", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Position {position:0.####} on the scale of its backend."));
                if (step.Steps.Count > 0)
                    WriteNested(step.Steps, depth + 1);
            }
        }
    }

    private void WriteNested(IReadOnlyList<ExplanationStep> steps, int depth)
    {
        using (html.Element("ol", ("class", "trace")))
        {
            foreach (var step in steps)
                WriteStep(step, depth);
        }
    }

    private void WriteTitle(ExplanationStep step, int depth, int rule)
    {
        switch (step.Kind)
        {
            case ExplanationKind.Enabled:
                html.Element("strong", null, step.Outcome == ExplanationOutcome.Yes ? "The flag is enabled" : "The flag is off");
                break;
            case ExplanationKind.Rule:
                html.Element("strong", null, StepWords.RuleName(step.Subject, rule));
                html.Text(": " + StepWords.OfRule(step));
                break;
            case ExplanationKind.Default:
                html.Element("strong", null, "Default");
                // The variant is that of the flag asked; the default of a prerequisite serves another one.
                if (depth > 0)
                    break;
                html.Text(": ");
                if (explanation.Variant is { } variant)
                    html.Chip(variant);
                else
                    html.Text("the fallback of the code");
                break;
            case ExplanationKind.Condition:
                WriteCondition(step.Subject);
                break;
            default:
                html.Element("strong", null, StepWords.Name(step.Kind));
                html.Text(" ");
                html.Chip(step.Subject);
                break;
        }

        html.Element("span", "unseen", ", " + StepWords.Result(step));
    }

    // The attribute comes first: 'country equals "NL"'.
    private void WriteCondition(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || text.StartsWith("all of ", StringComparison.Ordinal) || text.StartsWith("any of ", StringComparison.Ordinal))
        {
            html.Words(text);
            return;
        }

        html.Key(text[..space]);
        html.Words(text[space..]);
    }

    private void WriteDetail(string detail)
    {
        using (html.Element("p", ("class", "sub")))
            html.Words(detail);
    }

    private Tone ToneOf(ExplanationStep step, int depth)
    {
        if (depth == 0 && (step.Kind == ExplanationKind.Default || (step.Kind == ExplanationKind.Rule && step.Outcome == ExplanationOutcome.Yes && step.Subject == explanation.Rule)))
            return step.Outcome == ExplanationOutcome.Yes ? Decides : NotEvaluated;
        return step.Outcome switch
        {
            ExplanationOutcome.Yes => Holds,
            ExplanationOutcome.No => DoesNot,
            _ => NotEvaluated,
        };
    }
}
