namespace ModelVault.Storage;

/// <summary>Makes new vaults.</summary>
internal static class VaultCreation
{
    /// <summary>Writes an empty vault into an empty storage and flushes it.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="time">The clock.</param>
    /// <param name="newest">The number of its newest commit; commits count on from there.</param>
    public static void Initialize(IBlockStorage storage, TimeProvider time, long newest = FileLayout.SlotCount)
    {
        var now = time.GetUtcNow().UtcTicks;
        var file = new Superblock(Guid.NewGuid(), BitConverter.ToUInt64(Guid.NewGuid().ToByteArray()), now);
        var start = new byte[FileLayout.MinLength];
        file.Write(start);
        file.Write(start.AsSpan(FileLayout.SuperblockSize));
        // Every slot gets one of the first commits, all of them empty: a slot without a commit is then always a damaged one.
        var empty = new CommitState
        {
            Id = newest, DurableId = newest - 1, WallClockTicks = now, IsClean = true, NextTreeId = TreeRecord.FirstId, PageCount = FileLayout.FirstPage,
            Catalog = new TreeRecord(1, 0, false, default, 0), SpaceMap = new TreeRecord(2, 0, false, default, 0),
        };
        for (var id = newest - FileLayout.SlotCount + 1; id <= newest; id++) CommitSlot.Write(empty with { Id = id, DurableId = id - 1 }, file, start.AsSpan((int)FileLayout.SlotOffset(id)));
        storage.Write(0, start);
        storage.Flush();
    }

    /// <summary>
    /// Creates a vault file. It is written and flushed under another name and then renamed: the name never shows half a vault.
    /// The caller holds the lock.
    /// </summary>
    public static void CreateFile(string path, TimeProvider time)
    {
        foreach (var abandoned in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".tmp-*")) File.Delete(abandoned);
        var temporary = path + ".tmp-" + Guid.NewGuid().ToString("N");
        try
        {
            using (var storage = FileBlockStorage.Create(temporary)) Initialize(storage, time);
            // With overwriting allowed it is one rename; without, .NET makes a link and removes the old name.
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FileBlockStorage.FlushDirectory(Path.GetDirectoryName(path)!);
    }
}
