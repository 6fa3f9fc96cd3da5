using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>A few visitors, each flag's answer and why.</summary>
internal sealed class Decisions(IFeatureClient features) : IStep
{
    public string Title => "Decisions, each with its reason";

    public Task RunAsync(CancellationToken cancellationToken)
    {
        Report.Table(["visitor", "", "flag", "value", "variant", "reason"], Visitor.Few.SelectMany(Rows));
        Report.Text($"Why, for one of them: {nameof(features)}.{nameof(features.Explain)}(\"new-checkout\", context)");
        Report.Quote(features.Explain("new-checkout", Visitor.Bob.Context).ToString());

        Check.That(features.IsEnabled(Flags.NewCheckout, Visitor.Ada.Context), "staff should have the new checkout");
        Check.That(!features.IsEnabled(Flags.NewCheckout, Visitor.Nobody.Context), "a visitor without a key should be in no canary");
        Check.That(features.Evaluate(Flags.ExpressPay, Visitor.Bob.Context).Reason == EvaluationReason.PrerequisiteFailed, "express pay should need the new checkout");
        Check.That(features.Get(Flags.DeliveryDays, Visitor.Bob.Context) == 1, "Belgium should be delivered to the next day");
        Report.Done("targeting, a canary, a prerequisite, an experiment: answered from memory");
        return Task.CompletedTask;
    }

    private IEnumerable<string[]> Rows(Visitor visitor) =>
    [
        [visitor.Name, visitor.Country, .. Row(Flags.NewCheckout, visitor)],
        ["", "", .. Row(Flags.ExpressPay, visitor)],
        ["", "", .. Row(Flags.Banner, visitor)],
        ["", "", .. Row(Flags.DeliveryDays, visitor)],
    ];

    private string[] Row<T>(FeatureFlag<T> flag, Visitor visitor)
    {
        var answer = features.Evaluate(flag, visitor.Context);
        var reason = answer.Rule is null ? $"{answer.Reason}" : $"{answer.Reason} by {answer.Rule}";
        return [flag.Key, $"{answer.Value}", answer.Variant ?? "(fallback)", reason];
    }
}
