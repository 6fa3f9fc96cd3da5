using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>A log that takes every record and keeps none, so that only the cost of making records is left.</summary>
internal sealed class DeafLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
    }

    public void Dispose()
    {
    }
}
