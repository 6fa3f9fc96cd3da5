using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>The clock of the application.</summary>
internal static class Clock
{
    /// <summary>Returns the clock that is registered; else that of the system.</summary>
#pragma warning disable RS0030 // The one place that falls back to the system clock.
    public static TimeProvider Of(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
#pragma warning restore RS0030
}
