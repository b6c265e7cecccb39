namespace ModelVault.Storage;

/// <summary>The path of a vault file. The replacement is <c>&lt;vault&gt;.compact</c> until it is renamed.</summary>
internal sealed class FilePlace(string path) : IVaultPlace
{
    private readonly string _replacement = ReplacementOf(path);

    /// <summary>Removes what a process that was killed has left. The caller holds the lock.</summary>
    public static void RemoveAbandoned(string path) => File.Delete(ReplacementOf(path));

    public IBlockStorage CreateReplacement()
    {
        File.Delete(_replacement);
        var storage = FileBlockStorage.Create(_replacement);
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_replacement, File.GetUnixFileMode(path));
            return storage;
        }
        catch
        {
            Discard(storage);
            throw;
        }
    }

    public void Replace(IBlockStorage replacement) => ((FileBlockStorage)replacement).MoveTo(path);

    public void Flush() => FileBlockStorage.FlushDirectory(Path.GetDirectoryName(path)!);

    public void Discard(IBlockStorage replacement)
    {
        replacement.Dispose();
        try
        {
            File.Delete(_replacement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next opening tries again.
        }
    }

    private static string ReplacementOf(string path) => path + ".compact";
}
