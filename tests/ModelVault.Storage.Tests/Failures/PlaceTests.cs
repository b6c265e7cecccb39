namespace ModelVault.Storage.Tests.Failures;

/// <summary>Places where a vault cannot be opened, or only be read: an error that says so, and nothing left behind.</summary>
[Collection("small disks")]
public sealed class PlaceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-places-").FullName;

    private string VaultPath => Path.Combine(_directory, "a.modelvault");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_is_missing_or_in_the_way_is_named()
    {
        var none = Path.Combine(_directory, "none", "a.modelvault");
        AssertSays<DirectoryNotFoundException>(none, false, $"The directory of '{none}' does not exist; create it first");
        AssertSays<IOException>(_directory, false, $"'{_directory}' is a directory; a vault is a file");
        AssertSays<FileNotFoundException>(VaultPath, true, $"There is no vault at '{VaultPath}'", "not created");
        var inside = Path.Combine(VaultPath, "b");
        File.WriteAllBytes(VaultPath, []);
        AssertSays<DirectoryNotFoundException>(inside, false, $"The directory of '{inside}' does not exist");
        AssertSays<VaultCorruptionException>(VaultPath, false, "The file is empty", "delete it", $"The file is '{VaultPath}'");
        AssertSays<VaultCorruptionException>(VaultPath, true, "The file is empty", $"The file is '{VaultPath}'");
        Assert.Equal([VaultPath], Directory.GetFileSystemEntries(_directory));
        Directory.CreateDirectory(VaultPath + "-lock");
        File.Delete(VaultPath);
        AssertSays<UnauthorizedAccessException>(VaultPath, false, $"lock file '{VaultPath}-lock' cannot be made or written");
    }

    [Fact]
    public void A_vault_whose_path_was_missing_can_be_opened_once_it_is_there()
    {
        var path = Path.Combine(_directory, "later", "a.modelvault");
        Assert.Throws<DirectoryNotFoundException>(() => StorageEngine.Open(path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Fill(path);
        using var engine = StorageEngine.Open(path);
        Assert.Equal([1], engine.Get("t", [1])!);
    }

    [SmallDiskFact]
    public void A_file_system_that_is_read_only_refuses_writers_and_serves_readers()
    {
        using var disk = new SmallDisk(8 << 20);
        Fill(disk.VaultPath);
        // One that was not closed in order too: a reader does not heal.
        var killed = Path.Combine(disk.Directory, "killed.modelvault");
        using (var engine = StorageEngine.Open(disk.VaultPath))
        {
            engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [2]));
            File.Copy(disk.VaultPath, killed);
        }

        disk.MakeReadOnly();
        var before = Directory.GetFiles(disk.Directory);
        AssertSays<IOException>(disk.VaultPath, false, $"'{disk.VaultPath}' cannot be opened for writing", "-lock", "for reading only", "Read-only file system");
        AssertSays<IOException>(Path.Combine(disk.Directory, "new"), false, "cannot be opened for writing", "Read-only file system");
        foreach (var path in new[] { disk.VaultPath, killed })
        {
            using var reader = StorageEngine.Open(path, new StorageOptions { ReadOnly = true });
            Assert.Equal([2], reader.Get("t", [1])!);
            Assert.Null(reader.Read(SpaceAudit.Run));
            Assert.Contains("reading only", Assert.Throws<VaultReadOnlyException>(() => reader.BeginWrite(Bytes.Timeout)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Directory.GetFiles(disk.Directory));
    }

    [OtherUserFact]
    public void A_user_without_the_rights_is_told_which_are_missing()
    {
        Fill(VaultPath);
        Allow(_directory, 0b111_101_101);
        Assert.StartsWith($"UnauthorizedAccessException: '{VaultPath}' cannot be opened for writing: its lock file", OtherUser.Open(VaultPath, readOnly: false), StringComparison.Ordinal);
        Assert.Equal("value 1\n", OtherUser.Open(VaultPath, readOnly: true));
        Allow(_directory, 0b111_111_111);
        Assert.StartsWith($"UnauthorizedAccessException: '{VaultPath}' cannot be opened for writing: this process may not write to it", OtherUser.Open(VaultPath, readOnly: false), StringComparison.Ordinal);
        Allow(VaultPath, 0b110_000_000);
        Assert.StartsWith($"UnauthorizedAccessException: '{VaultPath}' cannot be opened for reading: this process may not read it", OtherUser.Open(VaultPath, readOnly: true), StringComparison.Ordinal);
        Assert.Equal([VaultPath], Directory.GetFiles(_directory));
        Allow(_directory, 0b111_000_000);
        foreach (var readOnly in new[] { false, true }) Assert.Contains(VaultPath, OtherUser.Open(VaultPath, readOnly), StringComparison.Ordinal);
        using var engine = StorageEngine.Open(VaultPath);
        Assert.Equal([1], engine.Get("t", [1])!);
    }

    // Else it would read pages that the writer uses again.
    [OtherUserFact]
    public void A_reader_that_may_not_write_to_the_lock_file_respects_it_all_the_same()
    {
        Fill(VaultPath);
        Allow(_directory, 0b111_101_101);
        using (StorageEngine.Open(VaultPath))
            Assert.StartsWith("VaultLockedException", OtherUser.Open(VaultPath, readOnly: true), StringComparison.Ordinal);
        // A lock file that a killed writer has left holds nobody up.
        File.WriteAllBytes(VaultPath + "-lock", []);
        Assert.Equal("value 1\n", OtherUser.Open(VaultPath, readOnly: true));
    }

    private static void Allow(string path, int mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)mode);
    }

    private static void Fill(string path)
    {
        using var engine = StorageEngine.Open(path);
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
    }

    private static void AssertSays<T>(string path, bool readOnly, params string[] parts)
        where T : Exception
    {
        var error = Assert.Throws<T>(() => StorageEngine.Open(path, new StorageOptions { ReadOnly = readOnly }));
        foreach (var part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
