namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>The project that a page's snippets are pasted into, as the SDK's templates make it, and the code around a snippet that is no file of its own.</summary>
internal sealed class Surroundings
{
    private const string Console = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string Features = "global::ProgressiveDelivery.Sdk.IFeatureClient features, global::ProgressiveDelivery.Sdk.EvaluationContext context";
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.IServiceCollection services, IServiceProvider provider";

    private Surroundings(string usings, string parameters, Func<string, bool> hasReference) =>
        (Usings, Parameters, HasReference) = (usings, parameters, hasReference);

    /// <summary><c>dotnet new web</c>, with the packages of the library.</summary>
    public static Surroundings Web { get; } = new($"""
        {Console}
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """, $"WebApplicationBuilder builder, WebApplication app, {Services}, {Features}, CancellationToken cancellationToken", reference => !IsOfTests(reference));

    /// <summary><c>dotnet new xunit</c>, with the core package: neither ASP.NET Core nor another test library is there.</summary>
    public static Surroundings XUnit { get; } = new($"""
        {Console}
        global using Xunit;
        """, $"{Services}, {Features}, CancellationToken cancellationToken", reference => !reference.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && !IsOtherTestLibrary(reference));

    /// <summary>What the project imports by itself.</summary>
    public string Usings { get; }

    /// <summary>Tells by a file's name whether the project references it.</summary>
    public Func<string, bool> HasReference { get; }

    private string Parameters { get; }

    /// <summary>The project that a page names with <c>project: xunit</c> in a comment; a web project unless it names one.</summary>
    public static Surroundings Of(Page page) => page.Project switch
    {
        null => Web,
        "xunit" => XUnit,
        _ => throw new ArgumentException($"{page.Name}: project '{page.Project}' is not known. Write 'xunit', or none for a web project."),
    };

    /// <summary>A method that has at hand what an application has.</summary>
    public string Method(string statements) => $$"""
        sealed class Surroundings
        {
            async Task Run({{Parameters}})
            {
        #line 1
        {{statements}}
            }
        }
        """;

    /// <summary>A class of tests.</summary>
    public static string Class(string members) => $$"""
        public sealed class Surroundings
        {
        #line 1
        {{members}}
        }
        """;

    private static bool IsOfTests(string reference) => IsOtherTestLibrary(reference) || reference.StartsWith("xunit", StringComparison.Ordinal);

    private static bool IsOtherTestLibrary(string reference) => reference.StartsWith("FluentAssertions", StringComparison.Ordinal) || reference.StartsWith("ProgressiveDelivery.Sdk.Docs", StringComparison.Ordinal);
}
