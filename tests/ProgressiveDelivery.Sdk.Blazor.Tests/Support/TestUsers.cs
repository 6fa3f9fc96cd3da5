using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace ProgressiveDelivery.Sdk.Blazor.Tests.Support;

/// <summary>The user of a circuit, whom a test signs in and out.</summary>
internal sealed class TestUsers : AuthenticationStateProvider
{
    public TestUsers() => State = Task.FromResult(Of(null));

    public Task<AuthenticationState> State { get; set; }

    public bool HasListeners =>
        typeof(AuthenticationStateProvider).GetField(nameof(AuthenticationStateChanged), BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(this) is not null;

    public static AuthenticationState Of(string? name, params Claim[] claims) =>
        new(new(name is null ? new ClaimsIdentity() : new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name), .. claims], "test")));

    public void SignIn(string name, params Claim[] claims) => Change(Task.FromResult(Of(name, claims)));

    public void SignOut() => Change(Task.FromResult(Of(null)));

    public void Change(Task<AuthenticationState> state)
    {
        State = state;
        NotifyAuthenticationStateChanged(state);
    }

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => State;
}
