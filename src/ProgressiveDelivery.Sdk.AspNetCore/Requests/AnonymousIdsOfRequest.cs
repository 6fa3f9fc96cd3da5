namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>The ids that were made in a request, by the name of their cookie: clients that share a cookie share the id, and so does a user who signs out.</summary>
internal sealed class AnonymousIdsOfRequest
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public string? Find(string cookie)
    {
        lock (_keys)
            return _keys.GetValueOrDefault(cookie);
    }

    public void Add(string cookie, string key)
    {
        lock (_keys)
            _keys[cookie] = key;
    }
}
