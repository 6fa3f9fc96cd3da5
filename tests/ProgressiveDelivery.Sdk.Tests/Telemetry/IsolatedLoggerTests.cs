using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Telemetry;

public sealed class IsolatedLoggerTests
{
    [Fact]
    public async Task LogThatThrowsSpoilsNeitherAnswersNorTheLoop()
    {
        var source = new InMemorySnapshotSource(ClientUnderTest.Document(1));
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new BrokenLog()))
            .AddProgressiveDelivery(client => client.From(_ => source))
            .BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();

        client.EvaluateBoolean("unknown", EvaluationContext.Empty, fallback: true).Value.Should().BeTrue();
        source.Set("{");
        source.Set(ClientUnderTest.Document(2));
        await Until.HoldsAsync(() => client.Status.SnapshotVersion == 2);

        client.Status.State.Should().Be(FeatureClientState.Ready);
    }

    private sealed class BrokenLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("No scope.");

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException("No level.");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("No line.");

        public void Dispose()
        {
        }
    }
}
