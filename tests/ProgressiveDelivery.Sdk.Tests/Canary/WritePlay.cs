using ProgressiveDelivery.Sdk.Canary;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>Plays writes of three keys step by step: one side's answer, one change of the stage or one kill at a time.</summary>
internal sealed class WritePlay : IDisposable
{
    private readonly MigrationUnderTest _test = new("off");
    private readonly List<Write> _all = [];
    private readonly List<Write> _running = [];

    public async Task StepAsync(int act, int choice)
    {
        if (act < 2)
            _test.Flag.Stage = MigrationStages.NameOf((MigrationStage)(choice % 6));
        else if (act < 5 || _running.Count == 0)
            await BeginAsync(choice % 3);
        else
            await AnswerAsync(_running[choice % _running.Count], act);
    }

    /// <summary>Answers all that still waits.</summary>
    public async Task FinishAsync()
    {
        while (_running.Count > 0)
            await AnswerAsync(_running[0], act: 9);
        (_test.Old.Waiting, _test.New.Waiting).Should().Be((0, 0));
    }

    /// <summary>No write is on the side without authority, as of its stage, that the authoritative side has not accepted; and each write is where its result says.</summary>
    public void ShouldHold()
    {
        foreach (var write in _all)
        {
            var (first, second) = (Has(write.Stage.Authority(), write), Has(write.Stage.Authority().Other(), write));
            (second && !first).Should().BeFalse($"{write.Value} in {write.Stage}");
            (first, second).Should().Be(write.Expected, $"{write.Value} in {write.Stage}");
        }
    }

    public void Dispose() => _test.Dispose();

    private bool Has(MigrationSide side, Write write) => _test.Side(side).Accepted.Contains((write.Key, write.Value));

    private async Task BeginAsync(int key)
    {
        var stage = MigrationStages.Parse(_test.Flag.Stage)!.Value;
        var value = $"value {_all.Count}";
        var running = _test.WriteAsync(key, value);
        var write = new Write(key, value, stage, running) { Call = await _test.Side(stage.Authority()).NextAsync() };
        write.Call.Value.Should().Be(value);
        _all.Add(write);
        _running.Add(write);
    }

    private async Task AnswerAsync(Write write, int act)
    {
        if (act == 5)
            _running.Remove(write);     // Killed: neither answered nor continued.
        else if (act == 6)
            await FailAsync(write);
        else
            await SucceedAsync(write);
    }

    private async Task FailAsync(Write write)
    {
        write.Call!.Fail();
        _running.Remove(write);
        if (write.Expected.First)
            (await write.Running).IsComplete.Should().BeFalse();
        else
            await write.Running.Invoking(task => task).Should().ThrowAsync<IOException>();
    }

    private async Task SucceedAsync(Write write)
    {
        write.Call!.Succeed();
        if (write.Expected.First || !write.Stage.WritesBoth())
        {
            write.Expected = (true, write.Stage.WritesBoth());
            _running.Remove(write);
            (await write.Running).Should().Match<MigrationWrite>(result => result.IsComplete && result.Stage == write.Stage);
            return;
        }

        write.Expected = (true, false);
        write.Call = await _test.Side(write.Stage.Authority().Other()).NextAsync();
        write.Call.Value.Should().Be(write.Value);
    }

    private sealed class Write(int key, string value, MigrationStage stage, Task<MigrationWrite> running)
    {
        public int Key => key;

        public string Value => value;

        public MigrationStage Stage => stage;

        public Task<MigrationWrite> Running => running;

        public GatedCall? Call { get; set; }

        /// <summary>Indicates whether the authoritative side and the other side have it.</summary>
        public (bool First, bool Second) Expected { get; set; }
    }
}
