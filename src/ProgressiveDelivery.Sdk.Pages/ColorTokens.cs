using System.Text;

namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>The colors of the pages, for light and dark. Variants have hues of their own, states have others; both keep 3:1, text keeps 4.5:1, on each surface.</summary>
internal static class ColorTokens
{
    /// <summary>The tokens: name, light and dark.</summary>
    public static IReadOnlyList<(string Name, string Light, string Dark)> All { get; } =
    [
        ("page", "#F6F7F9", "#0F1319"), ("card", "#FFFFFF", "#171C24"), ("sunk", "#EEF1F5", "#10151C"),
        ("ink", "#141A22", "#EDF1F6"), ("ink-2", "#465161", "#B4BECB"), ("ink-3", "#5D6878", "#929DAC"),
        ("axis", "#7B8696", "#75808F"), ("line", "#D9DFE7", "#2C3542"), ("accent", "#1F55C4", "#8DB4FF"),
        ("good", "#0B7261", "#6FDCC6"), ("warn", "#8A5A00", "#F5C451"), ("bad", "#A8123C", "#FF8C82"), ("none", "#566172", "#8C97A7"),
        ("good-tint", "#E3F3EF", "#10302B"), ("warn-tint", "#FBF0DC", "#352B11"), ("bad-tint", "#FBE8EC", "#3B1B1A"), ("none-tint", "#EEF1F5", "#222A35"),
        ("hold-tint", "#E8EFFC", "#1A2843"), ("on-accent", "#FFFFFF", "#0F1319"),
        ("v0", "#66717F", "#9AA6B5"), ("v1", "#2B7FE0", "#3F93FF"), ("v2", "#CB6A33", "#F3A873"),
        ("v3", "#611780", "#D4568F"), ("v4", "#0E4A44", "#C2F5E8"), ("v5", "#6B5A00", "#F4E540"),
    ];

    /// <summary>Writes the tokens as properties of CSS. Paper is light.</summary>
    public static string ToCss()
    {
        var css = new StringBuilder(":root{");
        foreach (var (name, light, _) in All)
            css.Append("--").Append(name).Append(':').Append(light).Append(';');
        css.Append("}\n@media screen and (prefers-color-scheme:dark){:root{");
        foreach (var (name, _, dark) in All)
            css.Append("--").Append(name).Append(':').Append(dark).Append(';');
        return css.Append("}}\n").ToString();
    }
}
