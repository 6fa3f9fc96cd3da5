namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>One endpoint of the API.</summary>
/// <param name="Method">The method. <c>HEAD</c> comes with <c>GET</c>.</param>
/// <param name="Path">The path below the version; empty for the list of endpoints.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="AnswerAsync">Makes the answer.</param>
internal sealed record ApiRoute(string Method, string Path, string Summary, Func<ApiCall, ValueTask<ApiAnswer>> AnswerAsync)
{
    /// <summary>Makes a route whose answer needs no waiting.</summary>
    public static ApiRoute Get(string path, string summary, Func<ApiCall, ApiAnswer> answer) => new("GET", path, summary, call => new(answer(call)));

    /// <summary>Returns true if a path is this route's.</summary>
    public bool Matches(string path)
    {
        var parameter = Path.IndexOf('{', StringComparison.Ordinal);
        return parameter < 0
            ? path.Equals(Path, StringComparison.OrdinalIgnoreCase)
            : path.Length > parameter && path.StartsWith(Path[..parameter], StringComparison.OrdinalIgnoreCase) && !path.AsSpan(parameter).Contains('/');
    }
}
