using System.Globalization;

namespace ModelVault.Storage;

/// <summary>
/// Finds the commit that a file is at. Reads the superblock, the ring and at most the pages of one commit's manifest, so that
/// opening costs the same after any end and at any size.
/// </summary>
internal static class Recovery
{
    /// <summary>Reads and checks the superblock.</summary>
    public static Superblock ReadSuperblock(IBlockStorage storage, bool forWriting)
    {
        var length = storage.Length;
        if (length == 0)
            throw new VaultCorruptionException("The file is empty. A vault is never empty: if the file is not needed, delete it, and a new vault will be created.", offset: 0, expected: "a vault", found: "0 bytes");
        var bytes = new byte[2 * FileLayout.SuperblockSize];
        storage.Read(0, bytes.AsSpan(0, (int)Math.Min(length, bytes.Length)));
        var file = Superblock.Read(bytes, forWriting);
        if (length < FileLayout.MinLength)
            throw new VaultCorruptionException("The file has been cut short.", offset: length, expected: $"at least {FileLayout.MinLength} bytes", found: $"{length} bytes");
        return file;
    }

    /// <summary>The newest whole commit: the one with the highest number, or one before if the last was still being written.</summary>
    public static CommitState FindCommit(IBlockStorage storage, Superblock file)
    {
        var ring = CommitRing.Read(storage, file);
        var newest = ring.Newest
            ?? throw new VaultCorruptionException("No commit slot is whole: the commit ring is damaged.", offset: FileLayout.RingOffset);
        // A crash tears the slot that is being written and no other. Two torn ones were commits, and this one is not the newest.
        if (ring.IsTorn(newest.Id + 1) && ring.IsTorn(newest.Id + 2))
            throw Damaged(newest.Id + 1, "its slot and the one behind it cannot be read");
        if (WhyNotWhole(storage, file, newest) is not { } reason) return newest;
        // A slot behind the newest that is torn was begun: the newest was then durable, and its damage is not a crash's doing.
        if (!newest.IsClean && !ring.IsTorn(newest.Id + 1)
            && FallbackOf(ring, newest) is { } before && WhyNotWhole(storage, file, before) is null) return before;
        throw Damaged(newest.Id, reason);
    }

    /// <summary>
    /// After an end that was not clean: what the operating system shows may not be on the disk, if a flush failed. So the last
    /// commit's pages are written and flushed once more, then the commit itself as the next one, before anything is reused.
    /// Doing it again changes nothing.
    /// </summary>
    public static CommitState Heal(IBlockStorage storage, CommitWriter writer, CommitState commit)
    {
        foreach (var run in commit.Manifest) Rewrite(storage, run.Run);
        // The end of the file may be lost too, where the commit gave back the pages that it had lengthened the file for.
        if (commit.PageCount > FileLayout.FirstPage) Rewrite(storage, new Extent(commit.PageCount - 1, 1));
        // The pages are durable before the slot is written: healing that fails at any flush leaves the file as it was.
        storage.Flush();
        var healed = commit with { Id = commit.Id + 1 };
        writer.WriteSlot(healed);
        storage.Flush();
        return healed;
    }

    private static void Rewrite(IBlockStorage storage, Extent run)
    {
        var page = new byte[FileLayout.PageSize];
        for (var number = run.Start; number < run.End; number++)
        {
            storage.Read(FileLayout.OffsetOf(number), page);
            storage.Write(FileLayout.OffsetOf(number), page);
        }
    }

    // What can stand in while the newest was in flight: the commit before. Where that was never written, because the flush of a
    // closing failed, it is the one before it: pages wait for two commits before they are reused, so it is whole too. A slot
    // that is torn or damaged is not one that was never written, and older commits' pages have been reused.
    private static CommitState? FallbackOf(CommitRing ring, CommitState newest) =>
        ring.Find(newest.Id - 1) ?? (ring.IsUnwritten(newest.Id - 1) ? ring.Find(newest.Id - 2) : null);

    private static VaultCorruptionException Damaged(long commit, string how) => new(
        string.Create(CultureInfo.InvariantCulture, $"The newest commit, {commit}, is damaged: {how}."), offset: FileLayout.SlotOffset(commit));

    private static string? WhyNotWhole(IBlockStorage storage, Superblock file, CommitState commit)
    {
        if (FileLayout.OffsetOf(commit.PageCount) > storage.Length)
            return string.Create(CultureInfo.InvariantCulture, $"it needs {FileLayout.OffsetOf(commit.PageCount)} bytes of a file of {storage.Length}; the file has been cut short");
        var page = new byte[FileLayout.PageSize];
        foreach (var run in commit.Manifest)
        {
            var checksum = CommitWriter.ManifestSeed(file, run.Run);
            for (var number = run.Run.Start; number < run.Run.End; number++)
            {
                storage.Read(FileLayout.OffsetOf(number), page);
                checksum = CommitWriter.Extend(checksum, page);
            }

            if (checksum != run.Checksum)
                return string.Create(CultureInfo.InvariantCulture, $"its pages {run.Run.Start} to {run.Run.End - 1} do not match their checksum");
        }

        return null;
    }
}
