using System.Buffers.Binary;

namespace ModelVault.Storage.Tests.Corruption;

/// <summary>
/// The bytes of a vault that a real workload left, closed in order, with what they should hold and some older versions of the
/// same file to take old pages from.
/// </summary>
internal sealed class VaultFile
{
    private VaultFile(string name, byte[] content, VaultModel model, List<byte[]> older)
    {
        Name = name;
        Content = content;
        Model = model;
        Older = older;
        Superblock = Recovery.ReadSuperblock(new MemoryBlockStorage(content), forWriting: true);
        Commit = Recovery.FindCommit(new MemoryBlockStorage(content), Superblock).Commit;
    }

    public string Name { get; }

    public byte[] Content { get; }

    public VaultModel Model { get; }

    public IReadOnlyList<byte[]> Older { get; }

    public Superblock Superblock { get; }

    public CommitState Commit { get; }

    /// <summary>Files that between them have every structure: deep trees, long values, many trees, a written space map.</summary>
    public static IReadOnlyList<VaultFile> All { get; } =
    [
        Make("long keys", keyLength: 700, valueLength: 300, rows: 160, commits: 12, trees: 1),
        Make("long values", keyLength: 8, valueLength: 12_000, rows: 20, commits: 20, trees: 2),
        Make("many trees", keyLength: 30, valueLength: 100, rows: 150, commits: 8, trees: 40),
        Make("a written space map", keyLength: 8, valueLength: 1500, rows: 400, commits: 24, trees: 1),
    ];

    /// <summary>A file of a few pages, a long value among them, so that a great many of it can be damaged and read in a short time.</summary>
    public static VaultFile Small { get; } = Make("a small file", keyLength: 60, valueLength: 2600, rows: 24, commits: 6, trees: 1);

    public override string ToString() => Name;

    /// <summary>Puts the right checksum on a tree page of an image.</summary>
    public void StampPage(byte[] image, long page)
    {
        var bytes = PageOf(image, page);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, NodePage.ComputeChecksum(bytes, Superblock.Salt, page));
    }

    /// <summary>Puts the right checksum on a commit slot of an image.</summary>
    public void StampSlot(byte[] image, int place)
    {
        var slot = image.AsSpan(FileLayout.RingOffset + (place * FileLayout.SlotSize), FileLayout.SlotSize);
        CommitSlot.Stamp(slot, Superblock);
    }

    public static Span<byte> PageOf(byte[] image, long page) => image.AsSpan((int)FileLayout.OffsetOf(page), FileLayout.PageSize);

    private static VaultFile Make(string name, int keyLength, int valueLength, int rows, int commits, int trees)
    {
        var storage = new MemoryBlockStorage();
        var model = new VaultModel();
        var older = new List<byte[]>();
        var random = new Random(name.Length);
        using (var engine = StorageEngine.Open(storage))
        {
            for (var commit = 0; commit < commits; commit++)
            {
                engine.Commit(transaction =>
                {
                    for (var tree = commit % 3; tree < trees; tree += 1 + (trees / 4)) Change(transaction.GetOrCreateTree($"tree{tree}"), model[$"tree{tree}"]);
                });
                if (commit % 3 == 0) older.Add(Trim(storage.ToArray(), engine.Statistics.PageCount));
            }
        }

        return new VaultFile(name, Trim(storage.ToArray(), Recovery.FindCommit(storage, Recovery.ReadSuperblock(storage, true)).Commit.PageCount), model, older);

        void Change(WritableTree tree, Oracle oracle)
        {
            for (var i = 0; i < rows / (trees > 1 ? 4 : commits / 3); i++)
            {
                var key = new byte[keyLength];
                Bytes.Key(random.Next(rows)).CopyTo(key.AsSpan(keyLength - 8));
                var value = Bytes.Random(random.Next(valueLength), random.Next());
                if (random.Next(4) == 0)
                {
                    tree.Delete(key);
                    oracle.Rows.Remove(key);
                    continue;
                }

                tree.Put(key, value);
                oracle.Rows[key] = value;
            }
        }
    }

    // Without the zeros that the file was lengthened with ahead of need: damage there shows nothing.
    private static byte[] Trim(byte[] content, long pages) => content[..(int)FileLayout.OffsetOf(pages)];
}
