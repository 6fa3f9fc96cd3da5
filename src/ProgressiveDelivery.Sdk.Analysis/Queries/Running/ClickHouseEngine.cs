using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Runs statements over HTTP, in one session. Parameters are rows of a temporary table of the session, inserted as JSON.</summary>
internal sealed class ClickHouseEngine(HttpClient http) : ISqlEngine
{
    private const string SessionTimeout = "300";

    private readonly string _session = $"pd-{Guid.NewGuid():N}";
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private bool _hasParameters;

    public async Task ExecuteAsync(SqlStatement statement, SqlParameters parameters, CancellationToken cancellationToken)
    {
        await SendParametersAsync(parameters, cancellationToken).ConfigureAwait(false);
        await PostAsync("", statement.Text, cancellationToken).ConfigureAwait(false);
        _hasParameters = true;      // The first statement makes the table.
    }

    public async Task<IReadOnlyList<double?[]>> QueryAsync(SqlStatement statement, SqlParameters parameters, CancellationToken cancellationToken)
    {
        await SendParametersAsync(parameters, cancellationToken).ConfigureAwait(false);
        var answer = await PostAsync("", $"{statement.Text}\nFORMAT TabSeparated", cancellationToken).ConfigureAwait(false);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t').Select(Number).ToArray())];
    }

    /// <summary>Drops temporary tables, which would stay until the session times out. A server that cannot be reached does that.</summary>
    public async Task DropAsync(IEnumerable<string> tables)
    {
        try
        {
            foreach (var table in tables)
                await PostAsync("", $"DROP TABLE IF EXISTS {table}", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // What failed before is the exception to see.
        }
    }

    private async Task SendParametersAsync(SqlParameters parameters, CancellationToken cancellationToken)
    {
        var rows = new StringBuilder();
        foreach (var (name, value) in parameters.Values)
        {
            if (_hasParameters && _sent.Add(name))
                rows.Append(Row(name, value)).Append('\n');
        }
        if (rows.Length > 0)
            await PostAsync($"INSERT INTO {ClickHouseDialect.Parameters} FORMAT JSONEachRow", rows.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private static string Row(string name, object value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("text", value as string ?? "");
            json.WriteNumber("whole", value as long? ?? 0);
            json.WriteNumber("number", value as double? ?? 0);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private async Task<string> PostAsync(string query, string body, CancellationToken cancellationToken)
    {
        var id = $"{_session}-{Guid.NewGuid():N}";
        // wait_end_of_query: an error late in a statement would otherwise come after a status of success.
        var path = $"?session_id={_session}&session_timeout={SessionTimeout}&query_id={id}&wait_end_of_query=1&query={Uri.EscapeDataString(query)}";
        try
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? answer : throw new HttpRequestException($"ClickHouse refused a statement: {answer.Trim()}", null, response.StatusCode);
        }
        catch (OperationCanceledException)
        {
            await KillAsync(id).ConfigureAwait(false);
            throw;
        }
    }

    // The server does not notice that the caller has gone.
    private async Task KillAsync(string id)
    {
        try
        {
            using var content = new StringContent($"KILL QUERY WHERE query_id = '{id}'");
            using var response = await http.PostAsync(new Uri("", UriKind.Relative), content, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The cancellation is the exception to see.
        }
    }

    private static double? Number(string text) => text switch
    {
        @"\N" => null,
        "nan" or "-nan" => null,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
