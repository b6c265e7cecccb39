namespace ModelVault.Tests.Database;

/// <summary>A path in a folder of its own, removed with everything in it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelvault-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "test.modelvault");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
