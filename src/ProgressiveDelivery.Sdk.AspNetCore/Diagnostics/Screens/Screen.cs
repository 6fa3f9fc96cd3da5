namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>One screen of the page. Stateless; safe to use from any thread.</summary>
internal abstract class Screen
{
    /// <summary>The path below the mapping: empty for the overview, else one segment.</summary>
    public abstract string Path { get; }

    /// <summary>The path of the entry of the navigation that is current: that of the screen itself, unless it is below another.</summary>
    public virtual string Entry => Path;

    /// <summary>The title, which is the heading and the title of the document.</summary>
    public abstract string Title(ScreenContext page);

    /// <summary>Writes what stands in <c>main</c>, the heading of level 1 included.</summary>
    public abstract void Write(HtmlWriter html, ScreenContext page);
}
