using ProgressiveDelivery.Sdk.Analysis;

namespace Experiment;

/// <summary>What is planted: how visitors behave under each page. The analysis does not know it.</summary>
internal static class Truth
{
    public const int Visitors = 50_000;
    public const int Days = 21;

    public const string Control = "three-steps";
    public const string OnePage = "one-page";
    public const string WalletFirst = "wallet-first";

    public static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When the result is looked at: after the last outcomes.</summary>
    public static readonly DateTimeOffset Now = Start.AddDays(Days + 8);

    /// <summary>The share of visitors who buy: one page helps, wallet first does nothing.</summary>
    public static double Buys(string page) => page == OnePage ? 0.24 : 0.20;

    /// <summary>The share of buyers who order again: the pages change nothing.</summary>
    public static double OrdersAgain => 0.25;

    /// <summary>The share of visitors who contact support: wallet first harms.</summary>
    public static double ContactsSupport(string page) => page == WalletFirst ? 0.16 : 0.10;

    /// <summary>The plan, made before the first visitor came.</summary>
    public static ExperimentPlan Plan { get; } = new()
    {
        Experiment = "checkout-2026-11",
        Name = "Checkout page",
        Variants = [new(Control, 1) { Name = "Three steps" }, new(OnePage, 1) { Name = "One page" }, new(WalletFirst, 1) { Name = "Wallet first" }],
        Start = Start,
        End = Start.AddDays(Days),
        IntendedUnits = 33_000,
        SmallestEffect = 0.05,
        Metrics =
        [
            new() { Key = "purchase", Name = "Purchases", Kind = MetricKind.Conversion, Outcomes = new("purchase"), Role = MetricRole.Primary },
            new() { Key = "revenue", Name = "Revenue", Kind = MetricKind.Mean, Outcomes = new("purchase"), Winsorize = 0.999, UseCovariate = true, Unit = "€" },
            new()
            {
                Key = "order-value", Name = "Order value", Kind = MetricKind.Ratio, Unit = "€",
                Outcomes = new("purchase"), Denominator = new("purchase") { Aggregation = OutcomeAggregation.Count },
            },
            new()
            {
                Key = "support", Name = "Support contacts", Kind = MetricKind.Conversion, Outcomes = new("support"),
                Role = MetricRole.Guardrail, Direction = MetricDirection.DecreaseIsGood, Margin = 0.25,
            },
        ],
    };
}
