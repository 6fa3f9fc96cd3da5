using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>The mappings of the page in this application, checked when it starts. Safe to use from any thread.</summary>
internal sealed class DiagnosticsMappings
{
    private readonly ConcurrentQueue<DiagnosticsPage> _pages = [];

    /// <summary>All mappings so far.</summary>
    public IReadOnlyCollection<DiagnosticsPage> Pages => _pages;

    public void Add(DiagnosticsPage page) => _pages.Enqueue(page);
}
