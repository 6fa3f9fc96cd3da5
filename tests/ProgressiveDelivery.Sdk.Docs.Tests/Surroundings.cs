namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>What is around a snippet that is no file of its own.</summary>
internal static class Surroundings
{
    /// <summary>What a web project imports by itself, and this library's namespaces, which the pages name once.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using ProgressiveDelivery.Sdk;
        """;

    /// <summary>A method that has at hand what an application has.</summary>
    public static string Method(string statements) => $$"""
        using ProgressiveDelivery.Sdk.Backends.ConfigCat;
        using ProgressiveDelivery.Sdk.Backends.Eppo;
        using ProgressiveDelivery.Sdk.Backends.Flagd;
        using ProgressiveDelivery.Sdk.Backends.GrowthBook;
        using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
        using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
        using ProgressiveDelivery.Sdk.Backends.Unleash;
        using ProgressiveDelivery.Sdk.Definitions;
        using ProgressiveDelivery.Sdk.Json;
        using ProgressiveDelivery.Sdk.Sources;
        sealed class Surroundings
        {
            async Task Run(WebApplicationBuilder builder, IServiceCollection services, WebApplication app, IServiceProvider provider,
                IFeatureClient features, EvaluationContext context, CancellationToken cancellationToken)
            {
        #line 1
        {{statements}}
            }
        }
        """;

    /// <summary>A class of tests.</summary>
    public static string Class(string members) => $$"""
        using FluentAssertions;
        using ProgressiveDelivery.Sdk.Definitions;
        using Xunit;
        public sealed class Surroundings
        {
        #line 1
        {{members}}
        }
        """;
}
