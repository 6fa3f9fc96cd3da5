using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Reads options from configuration.</summary>
public static class OptionsSectionExtensions
{
    /// <summary>
    /// Binds a section to the options when they are made, and never again. Unknown keys, and values that do not fit their option's type, are reported with all
    /// other errors in the options when the client is made. Sections that other options are bound to may lie in this one.
    /// </summary>
    /// <typeparam name="TOptions">The options' class.</typeparam>
    /// <param name="options">The options' builder.</param>
    /// <param name="section">The section with the options' members.</param>
    /// <param name="bind">Binds them: <c>static (section, options) => section.Bind(options)</c>, which the generator of configuration binding compiles without reflection.</param>
    public static OptionsBuilder<TOptions> BindOnce<TOptions>(this OptionsBuilder<TOptions> options, IConfiguration section, Action<IConfiguration, TOptions> bind)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(bind);
        var binding = new SectionBinding<TOptions>(options.Name, section, BoundSections.Of(options.Services, section), bind);
        options.Services.AddSingleton<IConfigureOptions<TOptions>>(binding);
        options.Services.AddSingleton<IValidateOptions<TOptions>>(binding);
        return options;
    }
}
