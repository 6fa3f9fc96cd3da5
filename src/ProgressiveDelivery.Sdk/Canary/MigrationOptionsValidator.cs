using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Finds all errors in a migration's options together.</summary>
internal sealed class MigrationOptionsValidator<TKey, TResult> : IValidateOptions<MigrationOptions<TKey, TResult>>
{
    private const int MaxChecks = 10_000;
    private const int MaxKept = 1_000;

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, MigrationOptions<TKey, TResult> options)
    {
        var errors = new ValidateOptionsResultBuilder();
        void Check(bool isValid, string member, string error)
        {
            if (!isValid)
                errors.AddError($"Migration '{name}': {error}", member);
        }

        Check(options.Flag is null or { Length: > 0 }, nameof(options.Flag), "the key is empty; give the flag's key, or null for the migration's name.");
        Check(Enum.IsDefined(options.SafeStage), nameof(options.SafeStage), $"'{options.SafeStage}' is no stage; give one of {nameof(MigrationStage)}.");
        Check(Enum.IsDefined(options.ReadOrder), nameof(options.ReadOrder), $"'{options.ReadOrder}' is no order; give one of {nameof(MigrationReadOrder)}.");
        CheckSides(options, Check);
        Check(options.CheckRatio is >= 0 and <= 1, nameof(options.CheckRatio), FormattableString.Invariant($"'{options.CheckRatio}' is out of range; give 0 to 1."));
        Check(options.MaxConcurrentChecks is >= 1 and <= MaxChecks, nameof(options.MaxConcurrentChecks), $"'{options.MaxConcurrentChecks}' is out of range; give 1 to {MaxChecks}.");
        Check(options.OtherTimeout > TimeSpan.Zero && options.OtherTimeout <= MaxTimeout, nameof(options.OtherTimeout), $"'{options.OtherTimeout}' is out of range; give more than zero, up to {MaxTimeout}.");
        Check(options.KeptMismatches is >= 0 and <= MaxKept, nameof(options.KeptMismatches), $"'{options.KeptMismatches}' is out of range; give 0 to {MaxKept}.");
        return errors.Build();
    }

    private static void CheckSides(MigrationOptions<TKey, TResult> options, Action<bool, string, string> check)
    {
        check(options.ReadOld is null == options.ReadNew is null, nameof(options.ReadNew), "one side has no read; set ReadOld and ReadNew, or neither.");
        check(options.WriteOld is null == options.WriteNew is null, nameof(options.WriteNew), "one side has no write; set WriteOld and WriteNew, or neither.");
        check(!options.FallBackToOld || options.ReadOld is not null, nameof(options.FallBackToOld), "there is no read that could fall back; set ReadOld and ReadNew.");
    }
}
