using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Finds all errors in <see cref="RequestOptions"/> together.</summary>
internal sealed class RequestOptionsValidator : IValidateOptions<RequestOptions>
{
    private const string HostKind = "host";
    private const string TargetingKey = "targetingKey";
    private const string HostPrefix = "__Host-";
    private const int MinLength = 16;
    private const int MaxLength = 65_536;
    private const int MaxCount = 10_000;

    private static readonly TimeSpan MinLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(400);
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, RequestOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.MaxValueLength is < MinLength or > MaxLength)
            errors.AddError($"'{options.MaxValueLength}' is out of range; give {MinLength} to {MaxLength}.", nameof(options.MaxValueLength));

        if (options.MaxValues is < 1 or > MaxCount)
            errors.AddError($"'{options.MaxValues}' is out of range; give 1 to {MaxCount}.", nameof(options.MaxValues));

        if (options.TargetingKeyClaim is { } claim && string.IsNullOrWhiteSpace(claim))
            errors.AddError("is empty. Give the type of a claim, or leave it out.", nameof(options.TargetingKeyClaim));

        CheckAttributes(options, errors);
        CheckKinds(options, errors);
        if (options.AnonymousId is { } cookie)
            CheckCookie(cookie, errors);
        return errors.Build();
    }

    private static void CheckAttributes(RequestOptions options, ValidateOptionsResultBuilder errors)
    {
        var declarations = options.AttributeDeclarations();
        foreach (var declared in declarations)
        {
            if (string.IsNullOrWhiteSpace(declared.Attribute))
                errors.AddError($"an attribute read from {declared} has no name. Name it, or remove it.");
            else if (declared.Attribute == TargetingKey)
                errors.AddError($"'{TargetingKey}' is no attribute, and cannot be read from {declared}. Set {nameof(options.TargetingKeyClaim)}, or name the attribute otherwise.");
            if (!declared.IsCustom && declared.Name is { } name && string.IsNullOrWhiteSpace(name))
                errors.AddError($"attribute '{declared.Attribute}' is read from a {declared.Place} without a name. Name it.");
        }

        foreach (var twice in declarations.GroupBy(static declared => declared.Attribute, StringComparer.Ordinal).Where(static same => same.Count() > 1))
            errors.AddError($"attribute '{twice.Key}' is declared {twice.Count()} times: from {string.Join(", ", twice)}. Keep one of them, or name the others otherwise.");
    }

    private static void CheckKinds(RequestOptions options, ValidateOptionsResultBuilder errors)
    {
        foreach (var kinds in options.KindDeclarations().GroupBy(static declared => declared.Kind, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(kinds.Key))
                errors.AddError("a kind has no name. Name it, or remove it.");
            else if (kinds.Key == HostKind)
                errors.AddError($"kind '{HostKind}' is that of this process. Describe it with DescribeHost, or name the kind otherwise.");
            if (kinds.Count() > 1)
                errors.AddError($"kind '{kinds.Key}' is declared {kinds.Count()} times. Keep one of them.");
        }
    }

    private static void CheckCookie(AnonymousIdOptions cookie, ValidateOptionsResultBuilder errors)
    {
        const string Section = nameof(RequestOptions.AnonymousId);
        if (!IsToken(cookie.CookieName))
            errors.AddError($"'{cookie.CookieName}' cannot be a cookie's name. Give letters, digits, hyphens, dots and underscores.", $"{Section}.{nameof(cookie.CookieName)}");

        if (cookie.Lifetime < MinLifetime || cookie.Lifetime > MaxLifetime)
            errors.AddError($"'{cookie.Lifetime}' is out of range; give {MinLifetime} to {MaxLifetime}.", $"{Section}.{nameof(cookie.Lifetime)}");

        if (cookie.MaxAge < cookie.Lifetime || cookie.MaxAge > MaxAge)
            errors.AddError($"'{cookie.MaxAge}' is out of range; give {nameof(cookie.Lifetime)}, '{cookie.Lifetime}', to {MaxAge}.", $"{Section}.{nameof(cookie.MaxAge)}");

        if (cookie.Path is not ['/', ..])
            errors.AddError($"'{cookie.Path}' is no path. Give one that starts with '/'.", $"{Section}.{nameof(cookie.Path)}");

        if (cookie.CookieName.StartsWith(HostPrefix, StringComparison.Ordinal) && (cookie.Domain is not null || cookie.Path != "/"))
            errors.AddError($"browsers take a cookie whose name starts with '{HostPrefix}' only without a domain and for path '/'. Leave both out, or name it otherwise.", $"{Section}.{nameof(cookie.CookieName)}");
    }

    private static bool IsToken(string? name) =>
        !string.IsNullOrEmpty(name) && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_');
}
