namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>
/// Writes HTML that is well-formed XML too. All text and all attribute values pass through one encoder; there is no method for raw markup, and names of
/// elements and attributes are constants. Refuses what the policy of the page forbids: scripts, styles of elements, handlers, links to elsewhere. Not thread safe.
/// </summary>
/// <param name="output">The text that is written to.</param>
/// <param name="isServed">True for a page of a server, which may have forms and relative links; false for a file, which has links within itself only.</param>
internal sealed class HtmlWriter(TextWriter output, bool isServed = false)
{
    private readonly Stack<string> _open = new();

    /// <summary>The names that were cut, in full and in order.</summary>
    public IList<string> CutNames { get; } = [];

    /// <summary>Opens an element; disposing of the result closes it.</summary>
    public Scope Element(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        output.Write('>');
        _open.Push(name);
        return new(this);
    }

    /// <summary>Writes an element that has only text in it.</summary>
    public void Element(string name, string? cssClass, string text)
    {
        using (Element(name, ("class", cssClass)))
            Text(text);
    }

    /// <summary>Writes an element without content.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        output.Write("/>");
    }

    /// <summary>Writes text.</summary>
    public void Text(string text) => Encode(text);

    /// <summary>Writes text with its strong parts. A number stays on one line with its percent sign.</summary>
    public void Prose(string text)
    {
        foreach (var (part, isStrong) in Emphasis.Split(text.Replace(" %", "\u00A0%", StringComparison.Ordinal)))
        {
            if (isStrong)
                Element("strong", null, part);
            else
                Text(part);
        }
    }

    /// <summary>Writes a name of unknown origin, isolated from the direction of the text around it. A long one is cut and kept in <see cref="CutNames"/>.</summary>
    public void Name(string name, int maxLength = SafeText.MaxNameLength)
    {
        using (Element("bdi"))
            Text(SafeText.Cut(name, maxLength));
        if (name.Length > maxLength && !CutNames.Contains(name))
            CutNames.Add(name);
    }

    /// <summary>Starts a new line of the file.</summary>
    public void Line() => output.Write('\n');

    /// <summary>Writes the style of a file, which is ours and is not encoded.</summary>
    public void Style(string rules) => output.Write($"<style>{rules}</style>");

    /// <summary>Writes a style or a script of ours, which is not encoded, with the nonce that allows it.</summary>
    /// <param name="name"><c>style</c> or <c>script</c>.</param>
    /// <param name="nonce">The nonce of this answer.</param>
    /// <param name="text">The text, a constant of the package.</param>
    public void Inline(string name, string nonce, string text) => output.Write($"<{name} nonce=\"{nonce}\">{text}</{name}>");

    private void Start(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (name is "script" or "style" or "link" or "iframe" or "object" or "embed" or "base" || (name == "form" && !isServed))
            throw new InvalidOperationException($"Element '{name}' must not be in a page. Draw it with other elements.");
        output.Write('<');
        output.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null)
                continue;
            Check(attribute, value);
            output.Write(' ');
            output.Write(attribute);
            output.Write("=\"");
            Encode(value);
            output.Write('"');
        }
    }

    private void Check(string attribute, string value)
    {
        if (attribute == "style" || attribute.StartsWith("on", StringComparison.Ordinal) || attribute is "src" or "href" or "action" && !IsAllowed(value))
            throw new InvalidOperationException($"Attribute '{attribute}' with '{value}' must not be in a page. Use a class, or a link within the page.");
    }

    // A relative path has neither a scheme nor a host.
    private bool IsAllowed(string link) => link.StartsWith('#') || (isServed && link.Length > 0 && link[0] is not ('/' or '\\') && link.AsSpan().IndexOfAny(":\\") < 0);

    private void Encode(string text)
    {
        foreach (var character in SafeText.Escape(text))
        {
            switch (character)
            {
                case '&': output.Write("&amp;"); break;
                case '<': output.Write("&lt;"); break;
                case '>': output.Write("&gt;"); break;
                case '"': output.Write("&quot;"); break;
                case '\'': output.Write("&#39;"); break;
                default: output.Write(character); break;
            }
        }
    }

    private void Close()
    {
        output.Write("</");
        output.Write(_open.Pop());
        output.Write('>');
    }

    /// <summary>Closes an element.</summary>
    internal readonly struct Scope(HtmlWriter writer) : IDisposable
    {
        public void Dispose() => writer.Close();
    }
}
