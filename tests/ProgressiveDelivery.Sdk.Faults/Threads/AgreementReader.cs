namespace ProgressiveDelivery.Sdk.Faults.Threads;

/// <summary>A thread that asks until the last version has come, and notes what no single version would have answered.</summary>
internal sealed class AgreementReader
{
    private const int Burst = 50;

    private readonly IFeatureClient _client;
    private readonly long _lastVersion;
    private readonly Thread _thread;
    private readonly List<string> _complaints = [];
    private long _latest;

    private AgreementReader(IFeatureClient client, long lastVersion)
    {
        (_client, _lastVersion) = (client, lastVersion);
        _thread = new(Run) { IsBackground = true };
    }

    /// <summary>Whichever variant the parent serves in a version, the child asks for that one: it is on, unless versions are mixed.</summary>
    public static string Document(long version) => Support.Document.Of(version, flags: $$"""
        "parent": {"type": "string", "variants": {"even": "even", "odd": "odd"}, "default": "{{Parity(version)}}"},
        "child": {"type": "boolean", "variants": {"on": true, "off": false}, "offVariant": "off", "default": "on",
                  "requires": [{"flag": "parent", "variants": ["{{Parity(version)}}"]}]},
        """);

    public static AgreementReader Start(IFeatureClient client, long lastVersion)
    {
        var reader = new AgreementReader(client, lastVersion);
        reader._thread.Start();
        return reader;
    }

    /// <summary>Waits for its end, and says what was wrong.</summary>
    public IReadOnlyList<string> Join()
    {
        return _thread.Join(Until.Patience) ? _complaints : ["A reader did not come to the last version."];
    }

    private static string Parity(long version) => version % 2 == 0 ? "even" : "odd";

    private void Run()
    {
        try
        {
            while (_latest < _lastVersion && _complaints.Count == 0)
            {
                for (var i = 0; i < Burst; i++) Ask();
                Thread.Sleep(TimeSpan.FromMilliseconds(1));     // leaves the processors to the other readers
            }
        }
        catch (Exception thrown)
        {
            _complaints.Add(thrown.ToString());
        }
    }

    private void Ask()
    {
        if (!_client.IsEnabled("child", Bait.Context)) _complaints.Add("A flag and its prerequisite were of two versions.");

        var scope = _client.GetSnapshot();
        var (version, parent) = (scope.Version, scope.GetString("parent", Bait.Context, ""));
        if (scope.GetInteger("version", Bait.Context, 0) != version || parent != Parity(version)) _complaints.Add($"A snapshot of version {version} answered {parent}.");
        if (version < _latest) _complaints.Add($"Version {version} came after {_latest}.");
        _latest = version;
    }
}
