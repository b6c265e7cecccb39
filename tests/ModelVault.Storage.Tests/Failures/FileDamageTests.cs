using System.Buffers.Binary;
using ModelVault.Storage.Tests.Corruption;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>Real files that were cut, lengthened, mixed up or never were vaults.</summary>
public sealed class FileDamageTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-damage-").FullName;
    private readonly VaultFile _file = VaultFile.All[3];

    private string VaultPath => Path.Combine(_directory, "a.modelvault");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_cut_anywhere_below_its_last_page_is_refused_and_says_where_it_ends()
    {
        var end = FileLayout.OffsetOf(_file.Commit.PageCount);
        var lengths = new SortedSet<long> { 0, 1, 15, 16, 511, 512, 4095, 4096, 4097, 8191, 8192, 8193, 12_288, 73_727, 73_728, 73_729, 131_071, 131_072, 131_073, end - 8193, end - 8192, end - 1 };
        for (var page = FileLayout.FirstPage; page < _file.Commit.PageCount; page += 7) lengths.UnionWith([FileLayout.OffsetOf(page), FileLayout.OffsetOf(page) + 4097]);
        foreach (var length in lengths)
        {
            File.WriteAllBytes(VaultPath, _file.Content[..(int)length]);
            foreach (var readOnly in new[] { false, true })
            {
                var error = Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(VaultPath, new StorageOptions { ReadOnly = readOnly }));
                Assert.Equal((VaultPath, VaultErrorCode.Corruption), (error.File, error.Code));
                Assert.Contains(VaultPath, error.Message, StringComparison.Ordinal);
                if (length >= FileLayout.RingOffset) Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
                // Of less than a signature nobody can say what it was.
                Assert.Contains(length == 0 ? "delete it" : length < 14 ? "not a ModelVault file" : "backup", error.Message, StringComparison.Ordinal);
            }

            Assert.Equal(length, new FileInfo(VaultPath).Length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(100_001)]
    [InlineData(5_000_000)]
    public void Garbage_behind_the_end_is_no_part_of_the_vault(int length)
    {
        var end = (int)FileLayout.OffsetOf(_file.Commit.PageCount);
        File.WriteAllBytes(VaultPath, [.. _file.Content[..end], .. Bytes.Random(length, 1)]);
        for (var opening = 0; opening < 2; opening++)
        {
            using var engine = StorageEngine.Open(VaultPath);
            Assert.Null(engine.Read(_file.Model.Difference));
            engine.Commit(static transaction => transaction.GetOrCreateTree("written").Put([1], new byte[200_000]));
            Assert.Equal(new byte[200_000], engine.Get("written", [1]));
            Assert.Null(engine.Read(SpaceAudit.Run));
            engine.Commit(static transaction => transaction.DropTree("written"));
        }
    }

    public static TheoryData<string> Others => ["SQLite format 3\0", "PK\u0003\u0004", "{\"json\": true}", "MODELVAULT\n\u001A\n", "MODELVAULT\r\n\u001A\n\0\0", "\0\0\0\0"];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_file_of_another_format_is_refused_by_what_it_begins_with_and_left_alone(string signature)
    {
        var content = new byte[300_000];
        Bytes.Text(signature).CopyTo(content, 0);
        File.WriteAllBytes(VaultPath, content);
        var error = Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(VaultPath));
        Assert.Equal((0L, VaultPath, 32), (error.Offset, error.File, error.Found!.Length));
        Assert.Contains(signature.StartsWith("MODELVAULT\r", StringComparison.Ordinal) ? "both damaged" : "not a ModelVault file", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(VaultPath));
    }

    [Fact]
    public void A_newer_format_is_told_from_damage()
    {
        foreach (var (offset, what) in new[] { (16, "format version"), (20, "page size"), (24, "features for reading"), (32, "features for writing"), (40, "checksum kind") })
        {
            var image = (byte[])_file.Content.Clone();
            foreach (var copy in new[] { 0, FileLayout.SuperblockSize })
            {
                image[copy + offset] ^= 0x40;
                Superblock.Stamp(image.AsSpan(copy, FileLayout.SuperblockSize));
            }

            File.WriteAllBytes(VaultPath, image);
            var error = Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(VaultPath));
            Assert.Equal((VaultErrorCode.UnsupportedFormat, VaultPath), (error.Code, error.File));
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
            // Who only reads is not kept out by what only writers must know.
            if (offset != 32) continue;
            using var reader = StorageEngine.Open(VaultPath, new StorageOptions { ReadOnly = true });
            Assert.Null(reader.Read(_file.Model.Difference));
        }
    }

    // The tail of one vault behind the head of another, at every place where a part begins.
    [Fact]
    public void Two_vaults_spliced_are_never_read_as_one()
    {
        var other = VaultFile.All[1];
        var refused = 0;
        List<long> places = [FileLayout.SuperblockSize, FileLayout.RingOffset, FileLayout.RingOffset + (7 * FileLayout.SlotSize), FileLayout.MinLength];
        for (var page = FileLayout.FirstPage + 1; page < Math.Min(_file.Commit.PageCount, other.Commit.PageCount); page += 5) places.Add(FileLayout.OffsetOf(page));
        foreach (var place in places)
        {
            foreach (var (head, tail) in new[] { (_file, other), (other, _file) })
            {
                File.WriteAllBytes(VaultPath, [.. head.Content[..(int)place], .. tail.Content[(int)place..]]);
                refused += IsRefusedOrWhole(place == FileLayout.SuperblockSize ? null : head) ? 1 : 0;
            }
        }

        Assert.InRange(refused, places.Count, 2 * places.Count);
    }

    [Fact]
    public void Each_page_in_place_of_its_neighbour_or_as_it_was_in_an_older_version_is_reported_or_harmless()
    {
        var refused = 0;
        for (var page = FileLayout.FirstPage; page < _file.Commit.PageCount - 1; page++)
        {
            var swapped = (byte[])_file.Content.Clone();
            VaultFile.PageOf(_file.Content, page).CopyTo(VaultFile.PageOf(swapped, page + 1));
            VaultFile.PageOf(_file.Content, page + 1).CopyTo(VaultFile.PageOf(swapped, page));
            Write(swapped);
            foreach (var older in _file.Older.Where(older => older.Length >= FileLayout.OffsetOf(page + 1)))
            {
                var stale = (byte[])_file.Content.Clone();
                VaultFile.PageOf(older, page).CopyTo(VaultFile.PageOf(stale, page));
                if (!stale.AsSpan().SequenceEqual(_file.Content)) Write(stale);
            }
        }

        Assert.InRange(refused, 20, int.MaxValue);

        void Write(byte[] image)
        {
            File.WriteAllBytes(VaultPath, image);
            refused += IsRefusedOrWhole(_file) ? 1 : 0;
        }
    }

    private bool IsRefusedOrWhole(VaultFile? expected)
    {
        try
        {
            using var engine = StorageEngine.Open(VaultPath, new StorageOptions { ReadOnly = true });
            var difference = engine.Read(snapshot => VaultFile.All.Select(file => file == expected || expected is null ? file.Model.Difference(snapshot) : "another").Min(static problem => problem ?? ""));
            Assert.Equal("", difference);
            return false;
        }
        catch (VaultCorruptionException error)
        {
            Assert.Equal(VaultPath, error.File);
            return true;
        }
    }
}
