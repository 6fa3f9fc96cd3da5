using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>What the page shows: every answer from one snapshot.</summary>
internal sealed record LiveDecisions(string State, long Version, double? Age, int Published, int Next, int Admitted, int Visitors, string[] Flags, LiveVisitor[] Rows)
{
    private static readonly string[] Keys = ["new-checkout", "express-pay", "banner", "delivery-days"];

    private static readonly Visitor[] Shown =
    [
        .. Visitor.Few,
        .. Visitor.Many.Take(12).Select((context, i) => new Visitor(context.TargetingKey!, i % 2 == 0 ? "NL" : "FR", context.With("country", i % 2 == 0 ? "NL" : "FR").With("appVersion", "4.2.0"))),
    ];

    public static LiveDecisions Of(IFeatureClient features, CanarySteps canary)
    {
        var status = features.Status;
        var snapshot = features.GetSnapshot();
        var admitted = Visitor.Many.Count(visitor => snapshot.IsEnabled(Quickstart.Flags.NewCheckout, visitor));
        return new($"{status.State}", snapshot.Version, status.Age?.TotalSeconds, canary.Published, canary.Next, admitted, Visitor.Many.Count, Keys, [.. Shown.Select(visitor => Row(snapshot, visitor))]);
    }

    private static LiveVisitor Row(IFeatureSnapshot snapshot, Visitor visitor) => new(visitor.Name, visitor.Country,
    [
        LiveAnswer.Of(snapshot.Evaluate(Quickstart.Flags.NewCheckout, visitor.Context)),
        LiveAnswer.Of(snapshot.Evaluate(Quickstart.Flags.ExpressPay, visitor.Context)),
        LiveAnswer.Of(snapshot.Evaluate(Quickstart.Flags.Banner, visitor.Context)),
        LiveAnswer.Of(snapshot.Evaluate(Quickstart.Flags.DeliveryDays, visitor.Context)),
    ]);
}

/// <summary>A visitor and what each flag answers.</summary>
internal sealed record LiveVisitor(string Name, string Country, LiveAnswer[] Answers);

/// <summary>One answer.</summary>
internal sealed record LiveAnswer(string Variant, string Reason)
{
    public static LiveAnswer Of<T>(Evaluation<T> answer) =>
        new(answer.Variant ?? "(fallback)", answer.Rule is null ? $"{answer.Reason}" : $"{answer.Reason} by {answer.Rule}");
}
