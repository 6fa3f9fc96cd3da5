using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>
/// Puts endpoints of any kind behind the gates in their metadata, when routing builds its table: controllers, pages, hubs and handlers with an attribute. A request then finds the gated
/// endpoint itself, at no cost.
/// </summary>
internal sealed class GateMatcherPolicy : MatcherPolicy, INodeBuilderPolicy
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _gated = [];

    public override int Order => int.MinValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => GatesOf(endpoint).Length > 0);

    // One edge, which every request takes.
    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) => [new(this, [.. endpoints.Select(Gated)])];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) => new OnlyEdge(edges[0].Destination);

    // Routing offers gated endpoints again, and MVC adds its attributes twice: as metadata and as filters.
    private static IFeatureGateMetadata[] GatesOf(Endpoint endpoint) => endpoint is RouteEndpoint { RequestDelegate: not null }
        ? [.. endpoint.Metadata.GetOrderedMetadata<IFeatureGateMetadata>()
            .Where(gate => gate is not FeatureGate && !GatedDelegate.IsEnforcedBy(endpoint, gate))
            .Distinct<IFeatureGateMetadata>(ReferenceEqualityComparer.Instance)]
        : [];

    private Endpoint Gated(Endpoint endpoint) => _gated.GetValue(endpoint, static endpoint =>
    {
        var gates = GatesOf(endpoint);
        if (gates.Length == 0)
            return endpoint;
        var original = (RouteEndpoint)endpoint;
        var gated = new GatedDelegate(original.RequestDelegate!, [.. gates.Select(FeatureGate.Of)], gates);
        return new RouteEndpoint(gated.InvokeAsync, original.RoutePattern, original.Order, original.Metadata, original.DisplayName);
    });

    private sealed class OnlyEdge(int destination) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) => destination;
    }
}
