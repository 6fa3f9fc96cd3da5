namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>The screens of the page, by name, with their addresses below the page's.</summary>
internal static class ScreenPaths
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["overview"] = "",
        ["flags"] = "flags",
        ["flag"] = "flag?key=new-checkout",
        ["explain"] = "explain?flag=new-checkout&saved=Customer%20in%20Germany",
        ["history"] = "history",
        ["experiments"] = "experiments",
        ["events"] = "events",
        ["audit"] = "audit",
        ["act"] = "act?do=override&flag=tax-rules&variant=new",
    };

    /// <summary>The screens that differ between situations.</summary>
    public static IReadOnlyList<string> Telling { get; } = ["overview", "flags", "flag", "history", "audit"];
}
