using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A context that is read part by part.</summary>
public sealed class ContextReaderTests
{
    [Fact]
    public void EachPartIsReadOnce()
    {
        var reader = new Reader { Key = "ada", ["plan"] = "gold" };
        reader.Kinds["organization"] = new("acme");

        for (var i = 0; i < 3; i++)
        {
            reader.TargetingKey.Should().Be("ada");
            reader.GetAttribute("plan").AsString().Should().Be("gold");
            reader.GetAttribute("missing").IsNull.Should().BeTrue();
            reader.ToContext().Should().Be(new EvaluationContext("ada") { ["plan"] = "gold" }.WithKind("organization", new("acme")));
        }

        reader.Reads.Should().BeEquivalentTo("key", "plan", "missing", "organization");
    }

    [Fact]
    public void TargetingKeyIsNoAttribute()
    {
        var reader = new Reader { ["targetingKey"] = "somebody else's" };

        reader.GetAttribute("targetingKey").IsNull.Should().BeTrue();
        reader.TargetingKey.Should().BeNull();
        reader.Reads.Should().Equal("key");
    }

    [Fact]
    public void PartThatThrowsIsMissing()
    {
        var reader = new Reader { Fails = true };

        reader.TargetingKey.Should().BeNull();
        reader.GetAttribute("plan").IsNull.Should().BeTrue();
        reader.ToContext().Should().Be(EvaluationContext.Empty);
        reader.Reads.Should().BeEquivalentTo("key", "plan");
    }

    [Fact]
    public void PartThatAsksForItselfIsMissingToItself()
    {
        var reader = new Reader { ["plan"] = "gold" };
        AttributeValue inner = "not read";
        reader.Reading = name => inner = reader.GetAttribute(name);

        reader.GetAttribute("plan").AsString().Should().Be("gold");
        inner.IsNull.Should().BeTrue();
    }

    [Fact]
    public void ForgottenPartsAreReadAnew()
    {
        var reader = new Reader { Key = "ada", ["plan"] = "gold" };
        (reader.TargetingKey, reader.GetAttribute("plan").AsString()).Should().Be(("ada", "gold"));

        reader.Key = "eve";
        reader["plan"] = "free";
        reader.TargetingKey.Should().Be("ada");
        reader.ForgetAll();

        (reader.TargetingKey, reader.GetAttribute("plan").AsString()).Should().Be(("eve", "free"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ChangeIsNoticedAtTheNextQuestionWithoutAContext(bool throws)
    {
        var test = new BoundScope();
        var reader = new Reader { Key = "ada", ["plan"] = "gold" };
        test.Binding.Begin(reader);
        test.Client.IsEnabled("by-plan").Should().BeTrue();
        reader["plan"] = "free";

        test.Client.IsEnabled("by-plan").Should().BeTrue("it was read once");
        reader.Changed = () => throws ? throw new InvalidOperationException() : true;

        test.Client.IsEnabled("by-plan").Should().BeFalse();
        test.Binding.Scope!.IsEnabled("by-plan").Should().BeFalse("a scope asks by the same reader");
    }

    [Fact]
    public void ClosedReaderKeepsWhatItKnowsAndReadsNothing()
    {
        var reader = new Reader { Key = "ada", ["plan"] = "gold", ["tier"] = "big" };
        reader.Kinds["organization"] = new("acme");
        reader.GetAttribute("plan");

        reader.End();
        reader.Changed = () => true;

        reader.GetAttribute("plan").AsString().Should().Be("gold");
        reader.GetAttribute("tier").IsNull.Should().BeTrue();
        reader.TargetingKey.Should().BeNull();
        reader.ToContext().Should().Be(new EvaluationContext { ["plan"] = "gold" });
        reader.Reads.Should().Equal("plan");
    }

    [Fact]
    public async Task CloseWaitsForThePartThatIsBeingRead()
    {
        using var reading = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var reader = new Reader { ["plan"] = "gold" };
        reader.Reading = _ =>
        {
            reading.Release();
            goOn.Wait(Refresh.Until.Patience);
        };
        var value = Task.Run(() => reader.GetAttribute("plan"));
        await reading.WaitAsync(Refresh.Until.Patience);

        var end = Task.Factory.StartNew(reader.End, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Refresh.Until.HoldsAsync(() => reader.IsEnding);
        end.IsCompleted.Should().BeFalse();
        goOn.Release();

        (await value).AsString().Should().Be("gold");
        await end.WaitAsync(Refresh.Until.Patience);
    }

    [Fact]
    public void ClosedReaderIsNotRenewed()
    {
        var test = new BoundScope();
        var reader = new Reader { Key = "ada", ["plan"] = "gold" };
        test.Binding.Begin(reader);
        test.Client.IsEnabled("by-plan").Should().BeTrue();

        reader.End();
        reader.Changed = () => true;

        test.Client.IsEnabled("by-plan").Should().BeTrue();
    }

    private sealed class Reader : ContextReader
    {
        private readonly ConcurrentDictionary<string, AttributeValue> _values = new();

        public string? Key { get; set; }

        public bool Fails { get; init; }

        public bool IsEnding { get; private set; }

        public Func<bool> Changed { get; set; } = static () => false;

        public Action<string>? Reading { get; set; }

        public ConcurrentQueue<string> Reads { get; } = new();

        public Dictionary<string, EvaluationContext> Kinds { get; } = [];

        public AttributeValue this[string name]
        {
            set => _values[name] = value;
        }

        protected override IEnumerable<string> AttributeNames => Fails ? throw new InvalidOperationException() : _values.Keys;

        protected override IEnumerable<string> KindNames => Kinds.Keys;

        public void ForgetAll() => Forget();

        public void End()
        {
            IsEnding = true;
            Close();
        }

        protected override bool HasChanged() => Changed();

        protected override string? ReadKey()
        {
            Read("key");
            return Key;
        }

        protected override AttributeValue ReadAttribute(string name)
        {
            Read(name);
            return _values.GetValueOrDefault(name);
        }

        protected override EvaluationContext? ReadKind(string kind)
        {
            Read(kind);
            return Kinds.GetValueOrDefault(kind);
        }

        private void Read(string part)
        {
            Reads.Enqueue(part);
            Reading?.Invoke(part);
            if (Fails)
                throw new InvalidOperationException();
        }
    }
}
