using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>
/// Makes a response private while its headers are read, from the first flag on whose answer depends on the user. A cache in the same process, such as the middleware for response caching, reads
/// the headers before the server announces the start of the response: a callback at the start alone would come too late for it.
/// </summary>
/// <param name="inner">The response of the server.</param>
/// <param name="scope">The unit of work of the request.</param>
/// <param name="shared">Finds the flags that matter.</param>
internal sealed class PersonalResponse(IHttpResponseFeature inner, IFeatureScope scope, SharedResponses shared) : IHttpResponseFeature
{
    private StringValues _seen;
    private bool _isPersonal;

    public int StatusCode
    {
        get => inner.StatusCode;
        set => inner.StatusCode = value;
    }

    public string? ReasonPhrase
    {
        get => inner.ReasonPhrase;
        set => inner.ReasonPhrase = value;
    }

    public IHeaderDictionary Headers
    {
        get
        {
            Mark();
            return inner.Headers;
        }

        set => inner.Headers = value;
    }

    [Obsolete("Use IHttpResponseBodyFeature.Stream.")]
    public Stream Body
    {
        get => inner.Body;
        set => inner.Body = value;
    }

    public bool HasStarted => inner.HasStarted;

    public void OnStarting(Func<object, Task> callback, object state) => inner.OnStarting(callback, state);

    public void OnCompleted(Func<object, Task> callback, object state) => inner.OnCompleted(callback, state);

    /// <summary>Makes the response private if a flag was asked that makes it one user's own, and it is not strict enough yet.</summary>
    public void Mark()
    {
        if (inner.HasStarted || !(_isPersonal = _isPersonal || shared.FirstPersonal(scope) is not null))
            return;
        var headers = inner.Headers;
        var current = headers.CacheControl;
        if (current.Count > 0 && current == _seen)
            return;
        CacheControl.MakePrivate(headers);
        _seen = headers.CacheControl;
    }
}
