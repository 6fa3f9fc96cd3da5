namespace ProgressiveDelivery.Sdk.Backends;

/// <content>A member of another JSON type makes its flag or segment malformed, as in libraries with types.</content>
internal static partial class Json
{
    static partial void Reject(string name, string wanted) => throw new FlagException($"'{name}' must be {wanted}.");

    static partial void RejectList(string name) => Reject(name, "a list");
}
