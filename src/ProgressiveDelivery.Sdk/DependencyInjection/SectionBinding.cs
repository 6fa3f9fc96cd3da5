using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Binds a section to the options of one name, and reports keys that could not be bound together with the options' other errors.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
internal sealed class SectionBinding<TOptions>(string ownName, IConfiguration section, BoundSections others, Action<IConfiguration, TOptions> bind) : IConfigureNamedOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    private const int MaxFaults = 100;

    private readonly object _lock = new();
    private List<(string Path, string Message)> _faults = [];

    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, TOptions options)
    {
        if (name != ownName)
            return;
        lock (_lock)
            _faults = Bind(options);
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != ownName)
            return ValidateOptionsResult.Skip;
        var errors = new ValidateOptionsResultBuilder();
        lock (_lock)
        {
            foreach (var (path, message) in _faults)
                errors.AddError(message, path);
        }

        return errors.Build();
    }

    // A value of another type ends the binding; without it the next one is found, and no option seems to be missing that is there.
    private List<(string Path, string Message)> Bind(TOptions options)
    {
        List<(string, string)> faults = [];
        RecordedSection? last = null;
        var recorded = new RecordedSection(section, read => last = read);
        while (faults.Count < MaxFaults)
        {
            try
            {
                bind(recorded, options);
                break;
            }
            catch (InvalidOperationException fault)
            {
                faults.Add((last?.Path ?? "", $"{fault.Message} Correct the value, or remove the key."));
                if (last is null or { IsHidden: true } || !fault.Message.Contains($"'{last.Path}'", StringComparison.OrdinalIgnoreCase))
                    return faults;
                last.IsHidden = true;
            }
        }

        faults.AddRange(recorded.Unread(others));
        return faults;
    }
}
