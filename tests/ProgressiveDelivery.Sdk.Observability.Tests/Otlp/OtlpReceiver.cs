using System.Text;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>A collector on this machine: takes OTLP over HTTP in Protocol Buffers, and decodes it. The numbers of fields are those of OTLP 1.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private const string Scope = "ProgressiveDelivery.Sdk";

    private readonly ScriptedHttpServer _server = new ScriptedHttpServer().Otherwise(Reply.Ok([], "Content-Type: application/x-protobuf"));
    private readonly List<OtlpMetric> _metrics = [];
    private readonly List<OtlpLog> _logs = [];
    private readonly List<OtlpSpan> _spans = [];

    /// <summary>The address of a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public Uri Endpoint(string signal) => new(_server.Address, $"/v1/{signal}");

    public IReadOnlyList<OtlpMetric> Metrics => _metrics;

    public IReadOnlyList<OtlpLog> Logs => _logs;

    public IReadOnlyList<OtlpSpan> Spans => _spans;

    /// <summary>Takes all requests that came.</summary>
    public async Task ReceiveAsync()
    {
        for (var left = _server.Served; left > 0; left--)
        {
            var request = await _server.RequestAsync();
            request["Content-Type"].Should().Be("application/x-protobuf");
            Take(request.Target, new(Encoding.Latin1.GetBytes(request.Body)));
        }
    }

    public void Dispose() => _server.Dispose();

    private void Take(string target, WireMessage export)
    {
        switch (target)
        {
            case "/v1/metrics":
                _metrics.AddRange(Scopes(export, name => name == Scope).SelectMany(scope => scope.Messages(2)).Select(metric => new OtlpMetric(metric)));
                break;
            case "/v1/logs":
                _logs.AddRange(Scopes(export, name => name.StartsWith(Scope, StringComparison.Ordinal)).SelectMany(scope => scope.Messages(2)).Select(record => new OtlpLog(record)));
                break;
            case "/v1/traces":
                _spans.AddRange(Scopes(export, _ => true).SelectMany(scope => scope.Messages(2)).Select(span => new OtlpSpan(span)));
                break;
            default:
                throw new InvalidDataException($"OTLP has no signal '{target}'.");
        }
    }

    private static IEnumerable<WireMessage> Scopes(WireMessage export, Func<string, bool> isWanted) =>
        export.Path(1, 2).Where(scope => isWanted(scope.Message(1).Text(1)!));
}
