namespace ModelVault.Storage;

/// <summary>Where everything stands in the file. All numbers in the file are little-endian unless said otherwise.</summary>
internal static class FileLayout
{
    /// <summary>Bytes in a page. Fixed when the file is created; this version writes and reads 8 KiB.</summary>
    public const int PageSize = 8192;

    /// <summary>The superblock stands at offset 0, its copy right behind it. Written once, at creation.</summary>
    public const int SuperblockSize = 4096;

    /// <summary>Offset of the commit ring.</summary>
    public const int RingOffset = 2 * SuperblockSize;

    /// <summary>Commit N stands in slot N mod 16.</summary>
    public const int SlotCount = 16;

    /// <summary>Bytes in a commit slot.</summary>
    public const int SlotSize = 4096;

    /// <summary>The first page number: page numbers are offsets divided by the page size, and what lies before it is reserved.</summary>
    public const long FirstPage = 16;

    /// <summary>Page numbers take 40 bits.</summary>
    public const long MaxPages = 1L << 40;

    /// <summary>Smallest length of a whole file.</summary>
    public const long MinLength = FirstPage * PageSize;

    /// <summary>The byte offset of a page.</summary>
    public static long OffsetOf(long page) => page * PageSize;

    /// <summary>The byte offset of a commit's slot.</summary>
    public static long SlotOffset(long commitId) => RingOffset + (commitId % SlotCount * SlotSize);

    /// <summary>How many pages hold this many bytes.</summary>
    public static long PagesFor(long bytes) => (bytes + PageSize - 1) / PageSize;
}
