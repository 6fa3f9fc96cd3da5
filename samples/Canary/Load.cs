namespace Canary;

/// <summary>Users of the shop: a few at a time check out, again and again.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Users = 2_000;
    private const int AtATime = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private ShopProcess? _shop;
    private long _failed;
    private long _new;
    private long _all;

    public Load() => _running = Task.WhenAll(Enumerable.Range(0, AtATime).Select(place => Task.Run(() => CheckOutAsync(place))));

    /// <summary>The shop that is asked; null while there is none.</summary>
    public ShopProcess? Shop
    {
        get => Volatile.Read(ref _shop);
        set => Volatile.Write(ref _shop, value);
    }

    /// <summary>The requests so far, those that the new checkout answered, and those that failed.</summary>
    public (long All, long New, long Failed) Counts => (Interlocked.Read(ref _all), Interlocked.Read(ref _new), Interlocked.Read(ref _failed));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task CheckOutAsync(int place)
    {
        for (var user = place; !_end.IsCancellationRequested; user = (user + AtATime) % Users)
        {
            if (Shop is { } shop)
                await CheckOutAsync(shop, user);
            await Task.Delay(Pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A shop that crashes leaves requests without an answer; they are not what is counted here.
    private async Task CheckOutAsync(ShopProcess shop, int user)
    {
        try
        {
            using var answer = await shop.Http.GetAsync(new Uri($"/checkout/user-{user}", UriKind.Relative), _end.Token);
            Interlocked.Increment(ref _all);
            if (!answer.IsSuccessStatusCode)
                Interlocked.Increment(ref _failed);
            else if (await answer.Content.ReadAsStringAsync(_end.Token) == "new")
                Interlocked.Increment(ref _new);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
