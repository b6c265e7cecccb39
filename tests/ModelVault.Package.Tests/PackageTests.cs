using System.IO.Compression;

namespace ModelVault.Package.Tests;

public sealed class PackageTests(PackedProduct product) : IClassFixture<PackedProduct>
{
    [Fact]
    public void The_package_carries_engine_generator_analyzers_code_fixes_and_documents()
    {
        using ZipArchive package = ZipFile.OpenRead(product.PackagePath);
        HashSet<string> files = [.. package.Entries.Select(e => e.FullName)];

        foreach (string framework in (string[])["net9.0", "net10.0"])
        {
            Assert.Contains($"lib/{framework}/ModelVault.dll", files);
            Assert.Contains($"lib/{framework}/ModelVault.xml", files);
            Assert.Contains($"lib/{framework}/ModelVault.Storage.dll", files);
        }

        foreach (string component in (string[])["Generators", "Analyzers", "CodeFixes"]) Assert.Contains($"analyzers/dotnet/cs/ModelVault.{component}.dll", files);
        Assert.Contains("README.md", files);
        Assert.Contains("buildTransitive/ModelVault.props", files);
        Assert.DoesNotContain(files, f => f.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public void The_package_depends_on_nothing_and_has_symbols()
    {
        using ZipArchive package = ZipFile.OpenRead(product.PackagePath);
        using StreamReader reader = new(package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        string nuspec = reader.ReadToEnd();

        Assert.DoesNotContain("<dependency ", nuspec, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec, StringComparison.Ordinal);
        using ZipArchive symbols = ZipFile.OpenRead(Path.ChangeExtension(product.PackagePath, ".snupkg"));
        Assert.Contains(symbols.Entries, e => e.FullName == "lib/net10.0/ModelVault.pdb");
        Assert.Contains(symbols.Entries, e => e.FullName == "lib/net10.0/ModelVault.Storage.pdb");
    }

    [Theory]
    [InlineData("14.0")]
    [InlineData("13.0")]
    public async Task A_bare_project_restores_builds_and_runs(string language)
    {
        string folder = product.Consumer("Consumer.csproj");

        (int built, string build) = await Commands.Run("dotnet", folder, "build", "-c", "Release", "-nologo", $"-p:ConsumerLanguage={language}", "-o", "out");
        Assert.True(built == 0, build);
        (int exitCode, string output) = await Commands.Run("dotnet", folder, Path.Combine("out", "Consumer.dll"), Path.Combine(folder, "app.modelvault"));

        Assert.True(exitCode == 0 && output.Contains("round trip done", StringComparison.Ordinal), output);
    }

    [AotFact]
    public async Task An_aot_published_program_does_the_same_without_a_warning()
    {
        string folder = product.Consumer("AotConsumer.csproj");

        (int published, string publish) = await Commands.Run("dotnet", folder, "publish", "-c", "Release", "-nologo", "-r", AotFactAttribute.RuntimeIdentifier, "-o", "out");
        Assert.True(published == 0, publish);
        Assert.DoesNotContain("warning", publish, StringComparison.OrdinalIgnoreCase);
        (int exitCode, string output) = await Commands.Run(Path.Combine(folder, "out", "AotConsumer"), folder, Path.Combine(folder, "app.modelvault"));

        Assert.True(exitCode == 0 && output.Contains("round trip done", StringComparison.Ordinal), output);
    }
}
