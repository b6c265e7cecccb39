using ModelVault.Runtime;
using ModelVault.Storage;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Indexes;

/// <summary>Damaged entries, and damaged records that entries are made from, end in <see cref="VaultCorruptionException"/> and in nothing else.</summary>
public sealed class IndexCorruptionTests
{
    private static readonly CollectionLayout Layout = new(Track.Schema);

    public static TheoryData<string> Indexes => [.. Track.Schema.Indexes.Select(static i => i.Name)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Damaged_entries_are_found_out_or_read(string name)
    {
        IndexLayout index = Layout.Indexes.First(i => i.Schema.Name == name);
        IndexEntries entries = new();
        entries.Fill(index, Record(), Key);
        Assert.True(entries.Count > 0);
        int seed = Environment.TickCount;
        Random random = new(seed);
        int damaged = 0;
        for (int number = 0; number < entries.Count; number++)
        {
            byte[] key = entries.Key(number).ToArray(), value = entries.Value.ToArray();
            Assert.Equal(Key, index.PrimaryKey(key, value).ToArray());
            for (int i = 0; i < 2000; i++)
            {
                byte[] badKey = Damage(key, random), badValue = Damage(value, random);
                try
                {
                    index.ComponentsLength(badKey);
                    index.PrimaryKey(badKey, badValue);
                    if (index.Cut is not null) ReadAll(index.CoveredRecord(badValue));
                }
                catch (VaultCorruptionException)
                {
                    damaged++;
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}, {Convert.ToHexString(badKey)} {Convert.ToHexString(badValue)}: {e}");
                }
            }
        }

        Assert.True(damaged > 100, $"only {damaged} were found out");
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void An_entry_that_is_cut_is_found_out(string name)
    {
        IndexLayout index = Layout.Indexes.First(i => i.Schema.Name == name);
        IndexEntries entries = new();
        entries.Fill(index, Record(), Key);
        byte[] key = entries.Key(0).ToArray();
        int components = index.ComponentsLength(key);

        for (int length = 0; length < components; length++)
            Assert.Throws<VaultCorruptionException>(() => index.ComponentsLength(key.AsSpan(0, length)));
        byte tag = key[0];
        key[0] = (byte)(tag ^ 0x40);
        Assert.Throws<VaultCorruptionException>(() => index.ComponentsLength(key));
        if (index.Cut is null || !index.Schema.IsUnique) return;
        for (int length = 0; length < 2 + Key.Length; length++) Assert.Throws<VaultCorruptionException>(() => index.PrimaryKey(key, entries.Value[..length]).Length);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Entries_of_a_damaged_record_are_made_or_refused(string name)
    {
        IndexLayout index = Layout.Indexes.First(i => i.Schema.Name == name);
        IndexEntries entries = new();
        byte[] record = Record();
        int seed = Environment.TickCount;
        Random random = new(seed);
        int damaged = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] bad = Damage(record, random);
            try
            {
                entries.Fill(index, bad, Key);
            }
            catch (VaultCorruptionException)
            {
                damaged++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, {Convert.ToHexString(bad)}: {e}");
            }
        }

        Assert.True(damaged > 100, $"only {damaged} were found out");
    }

    [Theory]
    [InlineData("00")]
    [InlineData("0008000000")]
    [InlineData("000880000000000000090190")]
    public void A_damaged_entry_in_the_way_of_a_write_is_an_error_and_changes_nothing(string damaged)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Tracks.Insert(Make(1));
        db.Write(null, Convert.FromHexString(damaged), static (WriteTransaction tx, byte[] value) =>
        {
            CatalogTree.TryGet(tx, "tracks", out CatalogEntry? entry);
            WritableTree tree = tx.GetOrCreateTree(entry!.IndexTree("slug_unique"));
            using TreeCursor cursor = tree.OpenCursor();
            cursor.SeekFirst();
            return tree.Put(cursor.Key.ToArray(), value);
        });

        Assert.Throws<VaultCorruptionException>(() => db.Tracks.Insert(Make(2)));
        Assert.Equal(1, db.Tracks.Count());
        Assert.Null(db.Tracks.Get(2));
    }

    [Fact]
    public void Queries_over_damaged_entries_end_in_a_corruption_error_or_go_on()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        int damaged = 0;
        for (int i = 0; i < 60; i++)
        {
            string name = Track.Schema.Indexes[i % Track.Schema.Indexes.Length].Name;
            using VaultDatabase db = VaultDatabase.OpenInMemory();
            db.Tracks.InsertMany(Enumerable.Range(1, 20).Select(static id => Make(id).With(t => { t.Slug = $"{id}"; t.Year = 1990 + id; })));
            db.Write(null, (name, random), static (WriteTransaction tx, (string Index, Random Random) s) =>
            {
                CatalogTree.TryGet(tx, "tracks", out CatalogEntry? entry);
                WritableTree tree = tx.GetOrCreateTree(entry!.IndexTree(s.Index));
                foreach ((byte[] key, byte[] value) in Rows(tree))
                {
                    if (s.Random.Next(3) > 0) continue;
                    tree.Delete(key);
                    tree.Put(Damage(key, s.Random), Damage(value, s.Random));
                }

                return true;
            });

            foreach (Action<VaultDatabase> query in Queries)
            {
                try
                {
                    query(db);
                }
                catch (VaultCorruptionException)
                {
                    damaged++;
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}, {name}: {e}");
                }
            }
        }

        Assert.True(damaged > 20, $"only {damaged} were found out");
    }

    // For each index of the model at least one that it may serve.
    private static readonly Action<VaultDatabase>[] Queries =
    [
        static db => db.Tracks.Where(static t => t.Artist == "Artist" & t.Year > 1995).OrderByDescending(static t => t.Year).ToList(),
        static db => db.Tracks.Where(static t => t.Year >= 1995).OrderByDescending(static t => t.Year).Take(5).ToList(),
        static db => db.Tracks.Where(static t => t.Year == 2005 & t.Genres.Contains("a")).ToList(),
        static db => db.Tracks.Where(static t => t.Credits.Any(static c => c.Name.Equals("ünal", StringComparison.OrdinalIgnoreCase))).ToList(),
        static db => db.Tracks.Where(static t => t.Label.City == "City").Select(static t => t.Title, static t => t.Notes).ToList(),
        static db => db.Tracks.FindBySlug("5"),
        static db => db.Tracks.Where(static t => t.Slug.StartsWith("1")).Select(static t => t.Hidden).ToList(),
        static db => db.Tracks.Where(static t => t.Title.StartsWith("TÍTLE", StringComparison.OrdinalIgnoreCase)).ToList(),
        static db => db.Tracks.Where(static t => !t.Hidden & t.Year >= 2000 & t.Title.StartsWith("Títle")).ToList(),
        static db => db.Tracks.Where(static t => t.Codes.Contains("code 7")).Count(),
    ];

    private static List<(byte[] Key, byte[] Value)> Rows(Tree tree)
    {
        List<(byte[], byte[])> rows = [];
        using TreeCursor cursor = tree.OpenCursor();
        for (bool more = cursor.SeekFirst(); more; more = cursor.MoveNext()) rows.Add((cursor.Key.ToArray(), cursor.Value.ToArray()));
        return rows;
    }

    private static byte[] Key => [0x80, 0, 0, 0, 0, 0, 0, 1];

    private static Track Make(long id) => new()
    {
        Id = id, Title = $"Títle\0 {id} with a zero", Artist = "Artist", Year = 2005, Slug = "slug", Genres = ["a", null, "b\0"], Codes = [$"code {id}", $"{id}"],
        Credits = [new Credit("Ünal", CreditRole.Singer), new Credit("B", CreditRole.Writer)], Notes = new string('n', 40), Label = new Label("Label", "City"),
    };

    private static byte[] Record()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Tracks.Insert(Make(1));
        using ReadView view = db.BeginRead(null);
        CatalogTree.TryGet(view.Source, "tracks", out CatalogEntry? entry);
        view.Source.TryGetTree(entry!.PrimaryTree, out Tree? tree);
        return tree!.Get(Key)!;
    }

    private static void ReadAll(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        MessagePackReader reader = new(record, start);
        reader.Skip();
    }

    // Cut, extended, a bit turned, a byte changed, or a part repeated.
    private static byte[] Damage(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return [.. new byte[random.Next(3)]];
        int at = random.Next(bytes.Length);
        byte[] copy = [.. bytes];
        switch (random.Next(5))
        {
            case 0: return bytes[..at];
            case 1: return [.. bytes, (byte)random.Next(256)];
            case 2: copy[at] ^= (byte)(1 << random.Next(8)); return copy;
            case 3: copy[at] = (byte)random.Next(256); return copy;
            default: return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
        }
    }
}
