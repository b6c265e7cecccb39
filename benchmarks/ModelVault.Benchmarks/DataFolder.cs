namespace ModelVault.Benchmarks;

/// <summary>The folder that holds a contest's files, deleted with everything in it at the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("modelvault-benchmarks-");

    public string Vault(string name) => Path.Combine(_directory.FullName, name + ".modelvault");

    public string Sqlite(string name) => Path.Combine(_directory.FullName, name + ".sqlite");

    public string Lmdb(string name) => Path.Combine(_directory.FullName, name + ".lmdb");

    /// <summary>The path, with nothing there.</summary>
    public string CleanVault(string name) => Clean(Vault(name));

    /// <summary>The path, with nothing there.</summary>
    public string CleanSqlite(string name) => Clean(Sqlite(name));

    /// <summary>The bytes of a file and of what stands beside it.</summary>
    public static long Size(string path) => Parts(path).Sum(static part => new FileInfo(part).Length);

    public void Dispose() => _directory.Delete(recursive: true);

    private static string Clean(string path)
    {
        foreach (string part in Parts(path)) File.Delete(part);
        return path;
    }

    private static string[] Parts(string path) => Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*");
}
