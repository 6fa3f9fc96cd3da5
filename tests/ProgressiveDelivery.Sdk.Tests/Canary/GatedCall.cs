namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A call that has reached a side, and waits for the test to answer it. One that is never answered was cut off: its process died.</summary>
internal sealed class GatedCall(GatedSide side, int key, string? value, CancellationToken token)
{
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Key => key;

    /// <summary>The value to write; null for a read.</summary>
    public string? Value => value;

    public CancellationToken Token => token;

    public Task<string> Answer => _answer.Task;

    /// <summary>Accepts the write, or reads what was accepted last.</summary>
    public void Succeed()
    {
        if (value is not null)
            side.Accept(key, value);
        _answer.TrySetResult(value ?? side.ValueOf(key));
    }

    public void Succeed(string read) => _answer.TrySetResult(read);

    public void Fail(Exception? exception = null) => _answer.TrySetException(exception ?? new IOException("down"));

    public void Cancel() => _answer.TrySetCanceled(token);
}
