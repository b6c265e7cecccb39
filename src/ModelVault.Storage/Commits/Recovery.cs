using System.Globalization;

namespace ModelVault.Storage;

/// <summary>
/// Finds the commit that a file is at. Reads the superblock, the ring and the pages of one commit's manifest, or of the few that
/// may have been lost with it, so that opening costs the same at any size.
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
            throw new VaultCorruptionException("The file has been cut short, by a copy that was not finished for instance. Restore it from a backup.", offset: length, expected: $"at least {FileLayout.MinLength} bytes", found: $"{length} bytes");
        return file;
    }

    /// <summary>The newest commit that is whole, with all that may have been lost with it.</summary>
    public static RecoveredCommit FindCommit(IBlockStorage storage, Superblock file)
    {
        var ring = CommitRing.Read(storage, file);
        var newest = ring.Newest
            ?? throw new VaultCorruptionException("No commit slot is whole: the commit ring is damaged. Restore the vault from a backup.", offset: FileLayout.RingOffset);
        var known = ring.KnownDurable;
        string? damage = null;
        for (var id = newest.Id; id >= known; id--)
        {
            if (ring.Find(id) is not { } commit) continue;
            if (WhyNotWhole(storage, file, ring, commit) is not { } reason)
            {
                CheckTornSlots(ring, commit);
                return new RecoveredCommit(commit, [.. Chain(ring, commit).OfType<CommitState>()], BegunAfter(ring, commit));
            }

            damage ??= reason;
            // Whoever waits for the flush begins the next commit after it: then this one was durable, and no crash has damaged it.
            if (commit.IsClean || (!commit.IsUnflushed && ring.IsTorn(id + 1))) throw Damaged(id, reason);
        }

        throw Damaged(newest.Id, damage ?? "it says that an earlier one was durable, which is not there");
    }

    /// <summary>
    /// After an end that was not clean: what the operating system shows may not be on the disk, if a flush failed. So the pages
    /// and slots of the last commit, and of those that may have been lost with it, are written and flushed once more, then the
    /// commit itself as the next one, before anything is reused. Doing it again changes nothing.
    /// </summary>
    public static CommitState Heal(IBlockStorage storage, CommitWriter writer, RecoveredCommit recovered)
    {
        var commit = recovered.Commit;
        foreach (var link in recovered.Chain)
        {
            foreach (var run in link.Manifest) Rewrite(storage, run.Run);
            Rewrite(storage, FileLayout.SlotOffset(link.Id), new byte[FileLayout.SlotSize]);
        }

        // What was begun after the commit must not look like commits that follow it: slots as old as their places may hold instead.
        foreach (var id in recovered.Begun) writer.WriteSlot(StandAlone(commit, id - FileLayout.SlotCount) with { Manifest = [] });
        // The end of the file may be lost too, where the commit gave back the pages that it had lengthened the file for.
        if (commit.PageCount > FileLayout.FirstPage) Rewrite(storage, new Extent(commit.PageCount - 1, 1));
        // The pages are durable before the slot is written: healing that fails at any flush leaves the file as it was.
        storage.Flush();
        var healed = StandAlone(commit, commit.Id + 1);
        writer.WriteSlot(healed);
        storage.Flush();
        return healed;
    }

    // A crash tears the slots of commits that were in flight and no others: one, or as many as may have followed without a flush.
    private static void CheckTornSlots(CommitRing ring, CommitState commit)
    {
        var inFlight = InFlightAfter(commit);
        for (var behind = 1; behind <= inFlight + 1; behind++)
        {
            if (!ring.IsTorn(commit.Id + behind)) return;
        }

        throw Damaged(commit.Id + 1, $"its slot and the {(inFlight == 1 ? "one" : $"{inFlight}")} behind it cannot be read");
    }

    private static long[] BegunAfter(CommitRing ring, CommitState commit) =>
        [.. Enumerable.Range(1, InFlightAfter(commit)).Select(behind => commit.Id + behind).Where(id => ring.IsTorn(id) || ring.Find(id) is not null)];

    // The same state under another number, that stands for itself.
    private static CommitState StandAlone(CommitState commit, long id) =>
        commit with { Id = id, DurableId = id - 1, ChainLength = 0, IsUnflushed = false, AnnouncesUnflushed = false };

    private static int InFlightAfter(CommitState commit) => commit.AnnouncesUnflushed ? CommitSlot.MaxUnflushed : 1;

    // The commit and those that may have been lost with it; a missing one is null.
    private static CommitState?[] Chain(CommitRing ring, CommitState commit) =>
        [.. Enumerable.Range(0, commit.ChainLength + 1).Select(back => ring.Find(commit.Id - back))];

    private static void Rewrite(IBlockStorage storage, Extent run)
    {
        var page = new byte[FileLayout.PageSize];
        for (var number = run.Start; number < run.End; number++) Rewrite(storage, FileLayout.OffsetOf(number), page);
    }

    private static void Rewrite(IBlockStorage storage, long offset, byte[] buffer)
    {
        storage.Read(offset, buffer);
        storage.Write(offset, buffer);
    }

    private static VaultCorruptionException Damaged(long commit, string how) => new(
        string.Create(CultureInfo.InvariantCulture, $"The newest commit, {commit}, is damaged: {how}. Restore the vault from a backup."), offset: FileLayout.SlotOffset(commit));

    private static string? WhyNotWhole(IBlockStorage storage, Superblock file, CommitRing ring, CommitState commit)
    {
        if (FileLayout.OffsetOf(commit.PageCount) > storage.Length)
            return string.Create(CultureInfo.InvariantCulture, $"it needs {FileLayout.OffsetOf(commit.PageCount)} bytes of a file of {storage.Length}; the file has been cut short");
        var chain = Chain(ring, commit);
        for (var back = 0; back < chain.Length; back++)
        {
            if (chain[back] is not { } link) return string.Create(CultureInfo.InvariantCulture, $"commit {commit.Id - back}, which it stands on, is not there");
            if (WhyManifestDiffers(storage, file, link) is { } reason) return reason;
        }

        return null;
    }

    private static string? WhyManifestDiffers(IBlockStorage storage, Superblock file, CommitState commit)
    {
        var page = new byte[FileLayout.PageSize];
        foreach (var run in commit.Manifest)
        {
            if (FileLayout.OffsetOf(run.Run.End) > storage.Length) return "the file has been cut short";
            var checksum = CommitWriter.ManifestSeed(file, run.Run);
            for (var number = run.Run.Start; number < run.Run.End; number++)
            {
                storage.Read(FileLayout.OffsetOf(number), page);
                checksum = CommitWriter.Extend(checksum, page);
            }

            if (checksum != run.Checksum)
                return string.Create(CultureInfo.InvariantCulture, $"the pages {run.Run.Start} to {run.Run.End - 1} of commit {commit.Id} do not match their checksum");
        }

        return null;
    }
}

/// <summary>What a file is at.</summary>
/// <param name="Commit">The newest whole commit.</param>
/// <param name="Chain">It and those that may have been lost with it.</param>
/// <param name="Begun">The numbers of commits after it that were begun and are not whole, or are torn.</param>
internal sealed record RecoveredCommit(CommitState Commit, IReadOnlyList<CommitState> Chain, IReadOnlyList<long> Begun);
