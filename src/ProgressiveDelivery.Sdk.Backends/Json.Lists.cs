namespace ProgressiveDelivery.Sdk.Backends;

/// <content>
/// A member that should be a list and is not makes its flag or segment malformed. Lists restrict who gets a flag: without one of them it would be
/// served to everyone.
/// </content>
internal static partial class Json
{
    static partial void RejectList(string name) => throw new FlagException($"'{name}' must be a list.");
}
