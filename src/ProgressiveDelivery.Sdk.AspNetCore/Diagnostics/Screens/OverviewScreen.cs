using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The overview: what is so and what to do, what needs attention, the sources and their last refreshes.</summary>
internal sealed class OverviewScreen : Screen
{
    public override string Path => "";

    public override string Title(ScreenContext page) => "Overview";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        html.Element("h1", "unseen", Title(page));
        StateBanner.Write(html, page);
        AttentionList.Write(html, page);
        Tiles.Write(html, page);
        using (html.Element("div", ("class", "two")))
        {
            SourceTable.Write(html, page);
            RefreshCard.Write(html, page);
        }

        RatesChart.Write(html, page);
    }
}
