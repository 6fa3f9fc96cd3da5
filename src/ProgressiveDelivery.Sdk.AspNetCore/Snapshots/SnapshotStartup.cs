using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>Checks the access to snapshots when the application starts.</summary>
internal sealed class SnapshotStartup : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        SnapshotAccess.Check(app.ApplicationServices);
    };
}
