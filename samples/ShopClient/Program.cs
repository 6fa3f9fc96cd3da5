using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using ShopClient;

[assembly: SupportedOSPlatform("browser")]

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");

// The answers for this visitor: those that the server wrote into the page, then those of its address.
var address = new Uri(new Uri(builder.HostEnvironment.BaseAddress), "flags.json");
builder.Services.AddProgressiveDelivery(flags => flags
    .FromFrontEndFlags(http => (http.Address, http.PollingInterval) = (address, TimeSpan.FromSeconds(2)))
    .FallBackToDocument(JSHost.GlobalThis.GetPropertyAsString("frontEndFlags")!)
    .AddBlazor());

await builder.Build().RunAsync();
