using System.Buffers.Binary;

namespace ModelVault.Storage;

/// <summary>
/// Reads and writes the 4 KiB slots of the commit ring. Every field that changes lives in a slot and nowhere else, so that a
/// torn write can only ever hurt the commit it belongs to.
/// </summary>
internal static class CommitSlot
{
    /// <summary>The most manifest runs that fit; a commit in more pieces flushes its pages before its slot.</summary>
    public const int MaxManifestRuns = 32;

    /// <summary>Commits of more pages than this take a second flush; recovery verifies no more than this.</summary>
    public const int MaxManifestPages = 400;

    /// <summary>The most space events that fit beside a full manifest; a commit beyond writes the space map.</summary>
    public const int MaxSpaceEvents = 400;

    /// <summary>
    /// How many commits there may be that are not durable. A commit then has a chain of up to six others, and however many more
    /// are written before it is superseded on the disk, they leave the slots of that chain alone: 7 + 7 + 1 &lt; 16.
    /// </summary>
    public const int MaxUnflushed = 7;

    private const ulong Magic = 0x54494D4D4F43564D; // "MVCOMMIT"
    private const int BodyOffset = 256; // 144 to 255 stay reserved for authenticated encryption
    private const int ChecksumOffset = FileLayout.SlotSize - 8;
    private const uint FlagClean = 1;
    private const uint FlagUnflushed = 2;
    private const uint FlagAnnounces = 4;
    private const long MaxId = long.MaxValue >> 1; // numbers of commits to come stay numbers

    public static void Write(CommitState commit, Superblock file, Span<byte> slot)
    {
        slot[..FileLayout.SlotSize].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(slot, Magic);
        file.FileId.TryWriteBytes(slot[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(slot[24..], commit.Id);
        BinaryPrimitives.WriteInt64LittleEndian(slot[32..], commit.DurableId);
        BinaryPrimitives.WriteInt64LittleEndian(slot[40..], commit.WallClockTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[48..], (commit.IsClean ? FlagClean : 0) | (commit.IsUnflushed ? FlagUnflushed : 0) | (commit.AnnouncesUnflushed ? FlagAnnounces : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(slot[52..], commit.NextTreeId);
        BinaryPrimitives.WriteInt64LittleEndian(slot[56..], commit.PageCount);
        BinaryPrimitives.WriteInt64LittleEndian(slot[64..], commit.FreePages);
        commit.Catalog.Write(slot[72..]);
        commit.SpaceMap.Write(slot[104..]);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[136..], checked((ushort)commit.Manifest.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(slot[138..], checked((ushort)commit.SpaceEvents.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(slot[140..], checked((ushort)commit.ChainLength));
        WriteBody(commit, slot[BodyOffset..ChecksumOffset]);
        Stamp(slot, file);
    }

    /// <summary>Puts the checksum on a slot.</summary>
    public static void Stamp(Span<byte> slot, Superblock file) => BinaryPrimitives.WriteUInt64LittleEndian(
        slot[ChecksumOffset..], SlotChecksum(slot, file, BinaryPrimitives.ReadInt64LittleEndian(slot[24..])));

    private static void WriteBody(CommitState commit, Span<byte> body)
    {
        foreach (var run in commit.Manifest)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(body, ((ulong)run.Run.Start << 24) | (ulong)run.Run.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(body[8..], run.Checksum);
            body = body[16..];
        }

        foreach (var change in commit.SpaceEvents)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(body, change.Value);
            body = body[8..];
        }
    }

    /// <summary>Reads the slot at a place of the ring; null when it was never written, is torn, or does not belong there.</summary>
    public static CommitState? TryRead(ReadOnlySpan<byte> slot, Superblock file, int place)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(slot) != Magic || new Guid(slot.Slice(8, 16)) != file.FileId) return null;
        var id = BinaryPrimitives.ReadInt64LittleEndian(slot[24..]);
        if (id is <= 0 or > MaxId || id % FileLayout.SlotCount != place) return null;
        if (BinaryPrimitives.ReadUInt64LittleEndian(slot[ChecksumOffset..]) != SlotChecksum(slot, file, id)) return null;
        return Decode(slot, id);
    }

    private static CommitState? Decode(ReadOnlySpan<byte> slot, long id)
    {
        var durableId = BinaryPrimitives.ReadInt64LittleEndian(slot[32..]);
        var chainLength = BinaryPrimitives.ReadUInt16LittleEndian(slot[140..]);
        if (durableId >= id || durableId < id - 1 - MaxUnflushed || chainLength >= MaxUnflushed) return null;
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(slot[48..]);
        var pageCount = BinaryPrimitives.ReadInt64LittleEndian(slot[56..]);
        var freePages = BinaryPrimitives.ReadInt64LittleEndian(slot[64..]);
        if (pageCount < FileLayout.FirstPage || pageCount > FileLayout.MaxPages || freePages < 0 || freePages > pageCount) return null;
        var nextTreeId = BinaryPrimitives.ReadUInt32LittleEndian(slot[52..]);
        if (nextTreeId < TreeRecord.FirstId) return null;
        if (!TreeRecord.TryRead(slot.Slice(72, TreeRecord.Size), pageCount, out var catalog)) return null;
        if (!TreeRecord.TryRead(slot.Slice(104, TreeRecord.Size), pageCount, out var spaceMap)) return null;
        int runs = BinaryPrimitives.ReadUInt16LittleEndian(slot[136..]), events = BinaryPrimitives.ReadUInt16LittleEndian(slot[138..]);
        if (runs > MaxManifestRuns || events > MaxSpaceEvents) return null;
        var body = slot[BodyOffset..ChecksumOffset];
        if (ReadManifest(body, runs, pageCount) is not { } manifest) return null;
        if (ReadEvents(body[(16 * runs)..], events, pageCount) is not { } changes) return null;
        return new CommitState
        {
            Id = id,
            WallClockTicks = BinaryPrimitives.ReadInt64LittleEndian(slot[40..]),
            DurableId = durableId,
            ChainLength = chainLength,
            IsClean = (flags & FlagClean) != 0,
            IsUnflushed = (flags & FlagUnflushed) != 0,
            AnnouncesUnflushed = (flags & FlagAnnounces) != 0,
            NextTreeId = nextTreeId,
            PageCount = pageCount,
            FreePages = freePages,
            Catalog = catalog,
            SpaceMap = spaceMap,
            Manifest = manifest,
            SpaceEvents = changes,
        };
    }

    private static ManifestRun[]? ReadManifest(ReadOnlySpan<byte> body, int count, long pageCount)
    {
        var manifest = new ManifestRun[count];
        long total = 0;
        for (var i = 0; i < count; i++)
        {
            var packed = BinaryPrimitives.ReadUInt64LittleEndian(body[(16 * i)..]);
            var run = new Extent((long)(packed >> 24), (long)(packed & 0xFFFFFF));
            total += run.Length;
            if (!IsInside(run, pageCount) || total > MaxManifestPages) return null;
            manifest[i] = new ManifestRun(run, BinaryPrimitives.ReadUInt64LittleEndian(body[((16 * i) + 8)..]));
        }

        return manifest;
    }

    private static SpaceEvent[]? ReadEvents(ReadOnlySpan<byte> body, int count, long pageCount)
    {
        var events = new SpaceEvent[count];
        for (var i = 0; i < count; i++)
        {
            events[i] = new SpaceEvent(BinaryPrimitives.ReadUInt64LittleEndian(body[(8 * i)..]));
            if (!IsInside(events[i].Run, pageCount)) return null;
        }

        return events;
    }

    private static bool IsInside(Extent run, long pageCount) =>
        run.Start >= FileLayout.FirstPage && run.Length > 0 && run.End <= pageCount;

    private static ulong SlotChecksum(ReadOnlySpan<byte> slot, Superblock file, long id) =>
        Checksum.Compute(slot[..ChecksumOffset], Checksum.PageSeed(~file.Salt, id));
}
