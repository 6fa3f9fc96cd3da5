using System.Threading.Channels;

namespace ProgressiveDelivery.Sdk.AspNetCore.SignalR;

/// <summary>Finds the methods of a hub that return a stream.</summary>
internal static class HubStreams
{
    public static bool IsStream(Type type)
    {
        if (!type.IsGenericType)
            return false;
        var definition = type.GetGenericTypeDefinition();
        return definition == typeof(Task<>) || definition == typeof(ValueTask<>)
            ? IsStream(type.GenericTypeArguments[0])
            : definition == typeof(IAsyncEnumerable<>) || definition == typeof(ChannelReader<>);
    }
}
