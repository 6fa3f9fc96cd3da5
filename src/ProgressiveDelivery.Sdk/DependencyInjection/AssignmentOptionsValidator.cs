using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds all errors in <see cref="AssignmentOptions"/> together.</summary>
internal sealed class AssignmentOptionsValidator : IValidateOptions<AssignmentOptions>
{
    private const int MinRemembered = 1_000;
    private const int MaxRemembered = 16_777_216;
    private const int MinQueued = 100;
    private const int MaxQueued = 1_000_000;

    private static readonly TimeSpan MinRead = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxRead = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MinWrite = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxWrite = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, AssignmentOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Remembered is < MinRemembered or > MaxRemembered)
            errors.AddError($"'{options.Remembered}' is out of range; give {MinRemembered} to {MaxRemembered}.", nameof(options.Remembered));

        if (options.ReadTimeout < MinRead || options.ReadTimeout > MaxRead)
            errors.AddError($"'{options.ReadTimeout}' is out of range; give {MinRead} to {MaxRead}.", nameof(options.ReadTimeout));

        if (options.WriteTimeout < MinWrite || options.WriteTimeout > MaxWrite)
            errors.AddError($"'{options.WriteTimeout}' is out of range; give {MinWrite} to {MaxWrite}.", nameof(options.WriteTimeout));

        if (options.Queued is < MinQueued or > MaxQueued)
            errors.AddError($"'{options.Queued}' is out of range; give {MinQueued} to {MaxQueued}.", nameof(options.Queued));
        return errors.Build();
    }
}
