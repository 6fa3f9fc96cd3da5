namespace ProgressiveDelivery.Sdk.Blazor.Tests.Support;

/// <summary>The context of a request, which has only a key.</summary>
internal sealed class RequestReader(string key) : ContextReader
{
    protected override string? ReadKey() => key;

    protected override AttributeValue ReadAttribute(string name) => default;
}
