using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

/// <summary>Reports made by hand, with invented figures.</summary>
internal static class SomeReports
{
    public static readonly DateOnly FirstDay = new(2026, 11, 2);

    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A report for each verdict, and those at the edges, by name.</summary>
    public static IReadOnlyDictionary<string, Func<ExperimentReport>> All { get; } = new Dictionary<string, Func<ExperimentReport>>
    {
        ["ship"] = Ship,
        ["do-not-trust"] = DoNotTrust,
        ["no-verdict"] = () => Of(VerdictKind.NoVerdict, "No verdict: the control's purchases are not above 0.", "More data will not help. Choose a metric that the control has.", primary: NoValue),
        ["not-read-yet"] = NotReadYet,
        ["stop"] = () => Of(VerdictKind.Stop, "Stop: “One page” does harm.", "Support contacts rose by **22.8 %**, by more than the 10 % allowed.", "Switch it off now for all visitors."),
        ["not-enough-data"] = () => Of(VerdictKind.NotEnoughData, "Not enough data yet.", "**61** buyers in “One page”; an interval needs 100 in each variant. Expected on 4 November.", primary: TooEarly),
        ["guardrail"] = () => Of(VerdictKind.KeepRunningForGuardrail, "Keep running: “One page” is better, harm is not ruled out.", "Payment error may still be up to **12 %** worse; 10 % is allowed."),
        ["no-difference"] = () => Of(VerdictKind.NoDifferenceWorthHaving, "No difference worth having.", "Everything above **+1 %** is ruled out. Keep the simpler one."),
        ["planned-size"] = () => Of(VerdictKind.PlannedSizeReached, "Planned size reached, no clear difference.", "Between **−1.9 %** and **+3.4 %**. Running longer needs a new plan."),
        ["keep-running"] = () => Of(VerdictKind.KeepRunning, "Keep running until about 13 December.", "**+4.0 %** so far, but −2.2 % is still possible.", "Look as often as you like. Do not change the split."),
        ["no-days"] = () => Of(VerdictKind.NotEnoughData, "Not enough data yet.", "No visitors have come yet.", primary: TooEarly, days: 0),
        ["one-day"] = () => Of(VerdictKind.KeepRunning, "Keep running until about 13 December.", "Nothing is clear yet.", days: 1),
        ["120-days"] = () => Of(VerdictKind.KeepRunning, "Keep running until about 13 December.", "Nothing is clear yet.", days: 120),
        ["nine-variants"] = NineVariants,
        ["hostile"] = Hostile,
        ["long-names"] = LongNames,
        ["edges"] = Edges,
        ["uneven"] = Uneven,
    };

    public static ExperimentReport Ship()
    {
        string[] titles = ["Three steps", "One page", "One page, wallet first"];
        var plan = Plan(titles, 21) with { Name = "Checkout in one page", Experiment = "checkout-layout-2026-11", IntendedUnits = 300_000, Metrics = Metrics };
        return new()
        {
            Plan = plan,
            Data = Data(plan, 21, (day, _) => 6_480 + 260 * (day % 5) - 700 * (day % 7 == 5 ? 1 : 0)),
            ComputedAt = new(2026, 11, 29, 2, 0, 0, TimeSpan.Zero),
            Verdict = new()
            {
                Kind = VerdictKind.Ship,
                Variant = "v1",
                Headline = "Ship “One page”.",
                Line = "It brings **9.1 % more purchases** than three steps: at least 3.1 % more, with 95 % confidence. It harmed no guardrail, and the traffic is sound.",
                Warnings = ["Do not ship “One page, wallet first”: support contacts rose by 22.8 %, by more than the 10 % allowed."],
                NextSteps = ["Ramp **One page** to all visitors: 5 → 25 → 100 %, guarded by payment errors.", "Remove **One page, wallet first** and its code.", "Keep 2 % in the holdout until 31 January to see whether the effect lasts."],
            },
            Traffic = Sound,
            Metrics =
            [
                Report(Metrics[0], "visitors who buy within 7 days", Effect("v1", 0.0414, 0.0452, 0.091, 0.031, 0.150, EffectReading.Better, p: 0.0002, days: 21), Effect("v2", 0.0414, 0.0424, 0.024, -0.031, 0.081, EffectReading.NotClearYet, p: 0.21, days: 21)),
                Report(Metrics[1], "capped at the 99.9th percentile", Effect("v1", 2.61, 2.84, 0.088, 0.008, 0.169, EffectReading.Better, p: 0.004), Effect("v2", 2.61, 2.66, 0.019, -0.058, 0.097, EffectReading.NotClearYet, p: 0.4)),
                Report(Metrics[2], "per order (ratio)", Effect("v1", 1.87, 1.88, 0.004, -0.011, 0.018, EffectReading.NotClearYet, p: 0.5), Effect("v2", 1.87, 1.86, -0.003, -0.019, 0.013, EffectReading.NotClearYet, p: 0.7)),
                Report(Metrics[3], "visitors with an error", Effect("v1", 0.0171, 0.0171, 0.003, -0.086, 0.091, EffectReading.NotHarmed, p: 0.9), Effect("v2", 0.0171, 0.0173, 0.012, -0.076, 0.104, EffectReading.NotClearYet, p: 0.8)),
                Report(Metrics[4], "within 3 days", Effect("v1", 0.0123, 0.0121, -0.015, -0.118, 0.088, EffectReading.NotHarmed, p: 0.7), Effect("v2", 0.0123, 0.0151, 0.228, 0.106, 0.352, EffectReading.Harmed, p: 0.00003)),
            ],
            Days = DaysOf(21),
            Method =
            [
                new("Assignment", "Hash of visitor and salt; equal thirds; 2 % holdout. First exposure wins."),
                new("Metric", "A visitor who buys within 7 days of the first exposure counts once. Visitors without outcome count as 0."),
                new("Interval", "Asymptotic confidence sequence (Waudby-Smith and others 2024) at 95 %, tuned for 300 000 visitors per pair; begins at 100 buyers in each variant."),
                new("Split", "Sequential test for sample ratio mismatch (Lindon and Malek 2022), alarm below 0.001, never taken back."),
                new("Many comparisons", "Primary: Holm over 2 variants. Secondary: Benjamini–Hochberg at 5 %. Guardrails: not adjusted, each may veto."),
                new("Guardrail", "Non-inferiority with a margin of 10 % of control, one-sided 5 %."),
            ],
        };
    }

    public static ExperimentReport DoNotTrust()
    {
        var plan = Plan(["Current search", "Semantic search"], 9) with { Name = "Semantic search", Experiment = "search-semantic-2026-11" };
        var report = Of(VerdictKind.DoNotTrust, "Do not trust these numbers.", "“Semantic search” should have 50 % of the visitors and has 48.7 %: **3 809 are missing**. The missing visitors are not like those who stayed, so a difference may come from that alone.",
            "Find where they are lost. The split was right until 5 November and is off since.", plan: plan, days: 9);
        return report with
        {
            Data = Data(plan, 9, (day, variant) => 8_300 + 120 * (day % 3) + (variant == 0 ? 60 : 0) - (day >= 4 && variant == 1 ? 640 : 0)),
            Traffic = new()
            {
                SplitPValue = 3e-21,
                SplitOffSince = FirstDay.AddDays(4),
                ShortVariant = "v1",
                MissingUnits = 3_809,
                Checks =
                [
                    new(TrafficState.Bad, "Split is not as planned", "51.32 / 48.68 %; planned 50 each. Sequential test: p = 3 × 10⁻²¹; alarm below 0.001. It stays failed."),
                    new(TrafficState.Warn, "Crossovers many", "1 904 visitors (1.3 %) saw both variants. Warns from 0.5 %."),
                    new(TrafficState.Good, "Nothing lost", "0 events dropped, 12 duplicates removed by id, 0 unreadable lines."),
                    new(TrafficState.Good, "Time in order", "4 outcomes before exposure, not counted."),
                ],
            },
        };
    }

    public static ExperimentReport NotReadYet()
    {
        var plan = Plan(["Old", "New"], 21) with { Mode = AnalysisMode.FixedHorizon, IntendedUnits = 300_000 };
        return Of(VerdictKind.NotReadYet, "Keep running until 30 November: this analysis is read once.", "The effects are hidden until then.", plan: plan, days: 9) with { ComputedAt = Start.AddDays(9) };
    }

    public static ExperimentReport NineVariants()
    {
        var plan = Plan([.. Enumerable.Range(0, 9).Select(i => i == 0 ? "Control" : $"Idea {i}")], 21);
        return Of(VerdictKind.KeepRunning, "Keep running until about 13 December.", "Nothing is clear yet.", plan: plan) with { Data = Data(plan, 21, (day, variant) => 900 - 20 * variant + 7 * ((day * (variant + 3)) % 11)) };
    }

    public static ExperimentReport Uneven()
    {
        var plan = Plan(["Current", "Careful"], 21);
        plan = plan with { Variants = [plan.Variants[0] with { Weight = 90 }, plan.Variants[1] with { Weight = 10 }] };
        return Of(VerdictKind.KeepRunning, "Keep running.", "Nothing is clear yet.", plan: plan) with { Data = Data(plan, 21, (day, variant) => variant == 0 ? 9_000 + 37 * (day % 4) : 1_000 + 19 * (day % 5)) };
    }

    public static ExperimentReport Hostile()
    {
        const string script = "<script>alert(1)</script>";
        var plan = Plan(["\"><img src=x onerror=alert(1)>", $"{script}\u202Egnp.exe"], 21) with { Name = $"{script} & 'co' \u2066x\u2069 \u001b[31m", Experiment = "a\"b--></style>\0" };
        var report = Of(VerdictKind.Ship, $"Ship “{script}\u202Egnp.exe”.", $"**{script}** </p> ]]> &amp; \u0007", $"<b>{script}</b>", plan: plan);
        return report with { Data = report.Data with { Faults = [new($"events/{script}\u202E.jsonl", 3, EventFaultRule.InvalidEvent, $"Its '{script}' is no number.", script)] } };
    }

    public static ExperimentReport LongNames()
    {
        var name = string.Concat(Enumerable.Repeat("Überlange", 60));
        var plan = Plan([name + "0", name + "1", "مرحبا بالعالم"], 21) with { Name = name, UnitsName = "customers", UnitName = "customer" };
        return Of(VerdictKind.Ship, $"Ship “{name}1”.", $"It brings more than “{name}0”.", plan: plan);
    }

    /// <summary>Open ends, ends far outside, no relative change, no value, and an unknown reason.</summary>
    public static ExperimentReport Edges()
    {
        var metric = new Metric { Key = "m", Kind = MetricKind.Mean, Outcomes = new("m"), Unit = "ms" };
        var guardrail = metric with { Key = "g", Role = MetricRole.Guardrail, Direction = MetricDirection.DecreaseIsGood, AbsoluteMargin = 20 };
        var report = Of(VerdictKind.KeepRunning, "Keep running.", "Nothing is clear yet.");
        return report with
        {
            Metrics =
            [
                report.Metrics[0],
                Report(metric with { Name = "Open above" }, "one end is open", Effect("v1", 100, 104, 0.04, 0.01, double.PositiveInfinity, EffectReading.Better)),
                Report(metric with { Name = "Open below" }, "the other end is open", Effect("v1", 100, 96, -0.04, double.NegativeInfinity, -0.01, EffectReading.Worse)),
                Report(metric with { Name = "Far" }, "outside of the axis", Effect("v1", 1, 9.4, 8.4, 7.1, 9.9, EffectReading.Better)),
                Report(metric with { Name = "Debt" }, "no change in percent", Effect("v1", -3, 4, null, 0, 0, EffectReading.NotClearYet) with { Reason = StatisticalReasons.BaselineNotPositive, Absolute = new(7, -1, 15) }),
                Report(metric with { Name = "Equal" }, "all the same", NoValue("v1") with { Reason = StatisticalReasons.ZeroVariance }),
                Report(metric with { Name = "Odd" }, "a reason to come", NoValue("v1") with { Reason = "other-reason", Value = double.NaN }),
                Report(guardrail with { Name = "Latency" }, "slowest of 100", Effect("v1", 200, 210, 0.05, double.NegativeInfinity, 0.12, EffectReading.NotClearYet)),
            ],
        };
    }

    public static ExperimentReport Of(
        VerdictKind kind, string headline, string line, string? step = null, Func<string, VariantEffect>? primary = null, ExperimentPlan? plan = null, int days = 21)
    {
        plan ??= Plan(["Three steps", "One page"], Math.Max(days, 21));
        var effects = plan.Variants.Skip(1).Select((variant, i) => primary?.Invoke(variant.Key)
            ?? Effect(variant.Key, 0.0414, 0.0430 + 0.0002 * i, 0.04 + 0.005 * i, -0.022, 0.10, EffectReading.NotClearYet, p: 0.12, days: days)).ToArray();
        return new()
        {
            Plan = plan,
            Data = Data(plan, days, (day, variant) => 9_700 + 90 * ((day + variant) % 4)),
            ComputedAt = plan.End,
            Verdict = new() { Kind = kind, Variant = kind == VerdictKind.Ship ? "v1" : null, Headline = headline, Line = line, NextSteps = step is null ? [] : [step] },
            Traffic = Sound,
            Metrics = [Report(plan.Metrics[0], "visitors who buy within 7 days", effects)],
            Days = DaysOf(days),
            Method = [new("Interval", "Asymptotic confidence sequence.")],
        };
    }

    public static VariantEffect Effect(string variant, double control, double value, double? relative, double low, double high, EffectReading reading, double? p = null, int days = 0) => new()
    {
        Variant = variant,
        Status = StatisticalStatus.Ok,
        ControlValue = control,
        Value = value,
        Relative = relative is { } estimate ? new(estimate, low, high) : null,
        Absolute = new(value - control, low * control, high * control),
        Level = 0.95,
        PValue = p,
        AdjustedPValue = p,
        Reading = reading,
        ByDay = Enumerable.Range(0, days).Where(day => day > 0 || days == 1).ToDictionary(day => FirstDay.AddDays(day), day =>
        {
            var (width, wave) = (Math.Sqrt((double)days / (day + 1)), 0.012 * Math.Sin(day * 1.7) * (days - 1 - day) / days);
            return new Interval(relative!.Value + wave, relative.Value + wave - (relative.Value - low) * width, relative.Value + wave + (high - relative.Value) * width);
        }),
    };

    private static TrafficReport Sound { get; } = new()
    {
        SplitPValue = 1,
        Checks =
        [
            new(TrafficState.Good, "Split as planned", "33.43 / 33.28 / 33.29 %; planned 33.33 each. Sequential test: p = 1.00; alarm below 0.001."),
            new(TrafficState.Good, "Crossovers few", "212 visitors (0.05 %) saw more than one variant and are left out. Warns from 0.5 %."),
            new(TrafficState.Good, "Nothing lost", "0 events dropped, 41 duplicates removed by id, 0 unreadable lines."),
            new(TrafficState.Good, "Time in order", "17 outcomes before exposure and 96 outside the 7-day window, not counted."),
        ],
    };

    private static IReadOnlyList<Metric> Metrics { get; } =
    [
        new() { Key = "purchase", Name = "Purchase", Kind = MetricKind.Conversion, Outcomes = new("purchase"), Role = MetricRole.Primary },
        new() { Key = "revenue", Name = "Revenue per visitor", Kind = MetricKind.Mean, Outcomes = new("purchase"), Unit = "€" },
        new() { Key = "items", Name = "Items per order", Kind = MetricKind.Ratio, Outcomes = new("items"), Denominator = new("purchase") },
        new() { Key = "errors", Name = "Payment error", Kind = MetricKind.Conversion, Outcomes = new("error"), Role = MetricRole.Guardrail, Direction = MetricDirection.DecreaseIsGood, Margin = 0.1 },
        new() { Key = "support", Name = "Support contact", Kind = MetricKind.Conversion, Outcomes = new("support"), Role = MetricRole.Guardrail, Direction = MetricDirection.DecreaseIsGood, Margin = 0.1 },
    ];

    private static VariantEffect NoValue(string variant) => new() { Variant = variant, Status = StatisticalStatus.Refused, Reason = StatisticalReasons.BaselineNotPositive, Reading = EffectReading.NoValue };

    private static VariantEffect TooEarly(string variant) => new() { Variant = variant, Status = StatisticalStatus.Insufficient, Reason = StatisticalReasons.BurnIn, Reading = EffectReading.TooEarly, ControlValue = 0.041, Value = 0.043 };

    private static MetricReport Report(Metric metric, string description, params VariantEffect[] effects) => new() { Metric = metric, Description = description, Effects = effects };

    private static ExperimentPlan Plan(IReadOnlyList<string> titles, int days) => new()
    {
        Experiment = "an-experiment",
        Variants = [.. titles.Select((title, i) => new PlannedVariant($"v{i}", 1) { Name = title })],
        Start = Start,
        End = Start.AddDays(days),
        Metrics = [Metrics[0]],
    };

    private static IReadOnlyList<DateOnly> DaysOf(int days) => [.. Enumerable.Range(0, days).Select(FirstDay.AddDays)];

    private static ExperimentData Data(ExperimentPlan plan, int days, Func<int, int, long> units) => new()
    {
        Counts = new() { Exposures = 1_243_806, Outcomes = 3_110_442 },
        Variants =
        [
            .. plan.Variants.Select((variant, i) =>
            {
                var byDay = Enumerable.Range(0, days).ToDictionary(FirstDay.AddDays, day => units(day, i) + (day * 37 + i * 53) % 41);
                return new VariantData { Variant = variant.Key, Units = byDay.Values.Sum(), Crossovers = i, UnitsByDay = byDay, Metrics = new Dictionary<string, MetricData>() };
            }),
        ],
    };
}
