using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

public class FeatureTagHelperTests
{
    [Theory]
    [InlineData(null, "A C <b class=\"x\">E</b> G")]
    [InlineData("anna", "A C <b class=\"x\">E</b> G H")]
    public async Task ViewRendersWhatFlagsOpenAndRunsNothingElse(string? user, string expected)
    {
        await using var app = await StartAsync();

        using var response = await app.SendAsync("/single/Show?path=Features", user);
        var text = await response.Content.ReadAsStringAsync();

        string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Should().Be(expected);
        app.Services.GetRequiredService<Rendered>().Count.Should().Be(user is null ? 4 : 5);
    }

    [Fact]
    public async Task EmptyNameIsReported()
    {
        await using var app = await StartAsync();

        var ask = () => app.SendAsync("/single/Show?path=EmptyName");

        (await ask.Should().ThrowAsync<InvalidOperationException>()).WithMessage("A tag <feature> has an empty name. *");
    }

    private static Task<GateApp> StartAsync() => GateApp.StartAsync(app => app.MapControllers(), builder =>
    {
        UserHeader.AddTo(builder.Services);
        builder.Services.AddSingleton<Rendered>();
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(FeatureTagHelperTests).Assembly);
    });
}
