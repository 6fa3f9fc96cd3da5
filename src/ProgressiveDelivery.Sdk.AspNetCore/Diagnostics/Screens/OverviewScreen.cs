using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The overview: what is so and what to do, what needs attention, the sources and their last refreshes.</summary>
internal sealed class OverviewScreen : Screen
{
    public override string Path => "";

    public override string Title(ScreenContext page) => "Overview";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        html.Element("h1", "unseen", Title(page));
        html.Banner(Tone.Good, "All well. The rules are current.", () => html.Element("p", "lead", $"Snapshot {page.Snapshot.Version}."));
    }
}
