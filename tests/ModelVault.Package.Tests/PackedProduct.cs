using System.Reflection;

namespace ModelVault.Package.Tests;

/// <summary>The product packed once into a folder of its own, for all tests of this assembly.</summary>
public sealed class PackedProduct : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelvault-package-");

    public string Feed => Path.Combine(_folder.FullName, "feed");

    public string PackagePath => Path.Combine(Feed, "ModelVault.0.1.0.nupkg");

    private static string Root { get; } = typeof(PackedProduct).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public async Task InitializeAsync()
    {
        // Builds into folders of its own: the solution's outputs may be in use by the tests that run beside this one.
        (int exitCode, string output) = await Commands.Run("dotnet", Root, "pack", "src/ModelVault", "-c", "Release", "-o", Feed, "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"), "-nologo", "-v", "q");
        Assert.True(exitCode == 0, output);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A bare project beside the feed, with a package folder of its own so that no older package is found.</summary>
    public string Consumer(string project)
    {
        DirectoryInfo folder = _folder.CreateSubdirectory($"{Path.GetFileNameWithoutExtension(project)}-{Guid.NewGuid():N}");
        string source = Path.Combine(AppContext.BaseDirectory, "Consumers");
        File.Copy(Path.Combine(source, project), Path.Combine(folder.FullName, project));
        File.Copy(Path.Combine(source, "Program.cs"), Path.Combine(folder.FullName, "Program.cs"));
        File.WriteAllText(Path.Combine(folder.FullName, "Directory.Build.props"),
            $"<Project><PropertyGroup><RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources><RestorePackagesPath>{Path.Combine(folder.FullName, "packages")}</RestorePackagesPath></PropertyGroup></Project>");
        return folder.FullName;
    }
}
