using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace BackendSwitch;

/// <summary>Asks two clients the same questions: one by the backend's rules, one by those that were written.</summary>
internal sealed class Comparison : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Countries = ["NL", "BE", "DE", "FR"];
    private static readonly string[] Plans = ["gold", "silver"];

    private readonly ServiceProvider _before;
    private readonly ServiceProvider _after;

    public Comparison(byte[] document, ISnapshotFormat format, ReadOnlyMemory<byte> written)
    {
        var source = new InMemorySnapshotSource(Encoding.UTF8.GetString(document), format);
        _before = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.From(_ => source)).BuildServiceProvider();
        _after = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromDocument(Encoding.UTF8.GetString(written.Span))).BuildServiceProvider();
    }

    /// <summary>How many contexts a flag answers alike, of how many.</summary>
    public async Task<(int Same, int Asked)> AskAsync(FlagDefinition flag, int contexts)
    {
        var (before, after) = (await ReadyAsync(_before), await ReadyAsync(_after));
        var same = Enumerable.Range(0, contexts).Select(Context).Count(context => Answer(before, flag, context) == Answer(after, flag, context));
        return (same, contexts);
    }

    public async ValueTask DisposeAsync()
    {
        await _before.DisposeAsync();
        await _after.DisposeAsync();
    }

    private static async Task<IFeatureClient> ReadyAsync(ServiceProvider services)
    {
        var client = services.GetRequiredService<IFeatureClient>();
        var status = await client.WaitUntilReadyAsync(Patience);
        return status.State == FeatureClientState.Ready ? client : throw new InvalidOperationException($"The rules are not in force: {status}");
    }

    private static string? Answer(IFeatureClient client, FlagDefinition flag, EvaluationContext context)
    {
        var explanation = client.Explain(flag.Key, context);
        return explanation.Value == "null" ? null : explanation.Value;
    }

    // Some have no country, no plan or no age: what is missing is where backends differ most.
    private static EvaluationContext Context(int index)
    {
        var context = new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"user-{index}"));
        if (index % 5 != 0)
            context = context.With("country", Countries[index % Countries.Length]);
        if (index % 3 != 0)
            context = context.With("plan", Plans[index % Plans.Length]);
        return index % 7 == 0 ? context : context.With("age", 10 + (index % 60));
    }
}
