using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Projections, groups and orders read the fields they are about, and nothing behind them: a record may end there.</summary>
public sealed class FieldReadTests
{
    [Fact]
    public void A_field_is_read_from_a_record_that_ends_behind_it()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.Insert(new Book { Id = 7, Title = "title", Author = "author", Year = 1999, Isbn = "isbn", Rating = 4.5, Lent = true, Tags = ["a", "b"], Publisher = new Publisher("p", "c") });
        byte[] record = RecordOf(db);

        int[] needed =
        [
            ReadsNoFurther(record, Book.Fields.Id, 7),
            ReadsNoFurther(record, Book.Fields.Title, "title"),
            ReadsNoFurther(record, Book.Fields.Author, "author"),
            ReadsNoFurther(record, Book.Fields.Year, 1999),
            ReadsNoFurther(record, Book.Fields.Isbn, "isbn"),
            ReadsNoFurther(record, Book.Fields.Rating, 4.5),
            ReadsNoFurther(record, Book.Fields.Lent, true),
            ReadsNoFurther(record, Book.Fields.Tags, ["a", "b"]),
            ReadsNoFurther(record, Book.Fields.Publisher.City, "c"),
            ReadsNoFurther(record, Book.Fields.Title.Length, 5),
        ];

        // Only the field that is stored last needs all of it.
        Assert.Single(needed, record.Length);
    }

    private static byte[] RecordOf(VaultDatabase db)
    {
        byte[] record = [];
        db.Books.Where(new Copying(r => record = r)).Count();
        return record;
    }

    // From some length on it is read as it is, whatever stands behind; returns that length.
    private static int ReadsNoFurther<T>(byte[] record, IField<Book, T> field, T expected)
    {
        FieldInfo<Book, T> info = field.Field;
        int needed = Enumerable.Range(1, record.Length).First(length => TryRead(record.AsSpan(0, length), info, out _));
        for (int length = needed; length <= record.Length; length++)
        {
            Assert.True(TryRead(record.AsSpan(0, length), info, out T? found));
            Assert.Equal(expected, found);
        }

        // The field's own bytes are the last that are needed.
        byte[] garbled = [.. record];
        garbled.AsSpan(needed).Fill(0xc1);
        Assert.True(TryRead(garbled, info, out T? among));
        Assert.Equal(expected, among);
        if (!info.IsOrdered) return needed;
        RowContext row = RowContext.Of(garbled);
        KeyWriter key = new(new byte[64]), whole = new(new byte[64]);
        info.WriteGroupKey(row, ref key);
        info.WriteSortKey(RowContext.Of(record), ref whole);
        Assert.Equal(whole.Written.ToArray(), key.Written.ToArray());
        return needed;
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> record, FieldInfo<Book, T> field, out T? value)
    {
        try
        {
            value = field.Read(RowContext.Of(record));
            return true;
        }
        catch (VaultCorruptionException)
        {
            value = default;
            return false;
        }
    }

    private sealed class Copying(Action<byte[]> take) : VaultFilter<Book>
    {
        internal override string Shape => "";

        internal override bool ReadsOnly(IFieldSet part) => true;

        internal override bool Matches(ref RowContext row)
        {
            take(row.Record.ToArray());
            return true;
        }
    }
}
