namespace ModelVault.Storage.Tests.Blocks;

public sealed class FileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-").FullName;

    private string FilePath => Path.Combine(_directory, "a.modelvault");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_vault_is_created_kept_and_leaves_no_other_file()
    {
        using (var engine = StorageEngine.Open(FilePath))
        {
            engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], Bytes.Random(50_000, 1)));
            Assert.True(File.Exists(FilePath + "-lock"));
        }

        Assert.Equal([FilePath], Directory.GetFiles(_directory));
        using var reopened = StorageEngine.Open(FilePath);
        Assert.Equal(Bytes.Random(50_000, 1), reopened.Get("t", [1]));
    }

    [Fact]
    public void Opening_twice_in_a_process_shares_the_vault()
    {
        using var first = StorageEngine.Open(FilePath);
        using var second = StorageEngine.Open(Path.Combine(_directory, ".", "x", "..", "a.modelvault"));
        using var reader = StorageEngine.Open(FilePath, new StorageOptions { ReadOnly = true });
        first.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        Assert.Equal([1], second.Get("t", [1])!);
        first.Dispose();
        second.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [2]));
        Assert.Equal([2], reader.Get("t", [1])!);
        Assert.Throws<VaultReadOnlyException>(() => reader.BeginWrite(Bytes.Timeout));
        Assert.Throws<InvalidOperationException>(() => StorageEngine.Open(FilePath, new StorageOptions { CacheSize = 1 << 20 }));
        Assert.Throws<ObjectDisposedException>(first.AcquireSnapshot);
    }

    [Fact]
    public void A_file_that_another_holds_is_refused_and_its_holder_named()
    {
        StorageEngine.Open(FilePath).Dispose();
        using var other = VaultLock.Acquire(FilePath, exclusive: true, TimeSpan.Zero);
        foreach (var readOnly in new[] { false, true })
        {
            var error = Assert.Throws<VaultLockedException>(() => StorageEngine.Open(FilePath, new StorageOptions { ReadOnly = readOnly, LockTimeout = TimeSpan.FromMilliseconds(30) }));
            Assert.Contains($"process {Environment.ProcessId}", error.Holder, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Readers_share_the_lock_and_the_last_one_removes_it()
    {
        StorageEngine.Open(FilePath).Dispose();
        using (VaultLock.Acquire(FilePath, exclusive: false, TimeSpan.Zero))
        using (VaultLock.Acquire(FilePath, exclusive: false, TimeSpan.Zero))
        using (StorageEngine.Open(FilePath, new StorageOptions { ReadOnly = true }))
            Assert.Throws<VaultLockedException>(() => VaultLock.Acquire(FilePath, exclusive: true, TimeSpan.Zero));
        Assert.Equal([FilePath], Directory.GetFiles(_directory));
    }

    [Fact]
    public void The_lock_is_held_by_one_at_a_time_while_its_file_comes_and_goes()
    {
        var (inside, most) = (0, 0);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < TestScale.Of(50); i++)
            {
                using var taken = VaultLock.Acquire(FilePath, exclusive: true, Bytes.Timeout);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(1, most);
    }

    [Fact]
    public void Places_where_no_vault_can_be_are_refused_as_what_they_are()
    {
        Assert.Throws<DirectoryNotFoundException>(() => StorageEngine.Open(Path.Combine(_directory, "none", "a")));
        Assert.Throws<IOException>(() => StorageEngine.Open(_directory));
        Assert.Throws<FileNotFoundException>(() => StorageEngine.Open(FilePath, new StorageOptions { ReadOnly = true }));
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(200_000)]
    public void A_file_that_is_no_vault_is_refused_and_left_alone(int length)
    {
        var content = Bytes.Random(length, 3);
        File.WriteAllBytes(FilePath, content);
        Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(FilePath));
        Assert.Equal(content, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_file_cut_short_is_refused()
    {
        using (var engine = StorageEngine.Open(FilePath))
            engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], new byte[300_000]));
        var whole = File.ReadAllBytes(FilePath);
        foreach (var length in new[] { 100, 4096, 10_000, 80_000, 131_072, 200_000 })
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(FilePath));
        }
    }

    [Fact]
    public void A_damaged_page_is_named()
    {
        using (var engine = StorageEngine.Open(FilePath))
            engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], new byte[2000]));
        var content = File.ReadAllBytes(FilePath);
        for (var page = FileLayout.FirstPage; page < content.Length / FileLayout.PageSize; page++) content[FileLayout.OffsetOf(page) + 8000] ^= 1;
        File.WriteAllBytes(FilePath, content);
        using var damaged = StorageEngine.Open(FilePath);
        Assert.NotNull(Assert.Throws<VaultCorruptionException>(() => damaged.Get("t", [1])).Page);
    }

    [Fact]
    public void The_second_superblock_stands_in_for_the_first()
    {
        using (var engine = StorageEngine.Open(FilePath)) engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        var content = File.ReadAllBytes(FilePath);
        content.AsSpan(0, 4096).Clear();
        File.WriteAllBytes(FilePath, content);
        using var reopened = StorageEngine.Open(FilePath);
        Assert.Equal([1], reopened.Get("t", [1])!);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StorageOptions { CacheSize = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StorageOptions { LockTimeout = TimeSpan.FromSeconds(-1) });
    }
}
