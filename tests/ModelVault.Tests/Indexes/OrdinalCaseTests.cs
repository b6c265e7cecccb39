using System.Text;

namespace ModelVault.Tests.Indexes;

public sealed class OrdinalCaseTests
{
    // Pairs that Unicode has added since version 15, and that a newer ICU therefore knows.
    private static readonly HashSet<int> Newer =
    [
        0x19b, 0xa7dc, 0x264, 0xa7cb, 0x1c89, 0x1c8a, .. Between(0xa7cc, 0xa7cf), .. Between(0xa7d2, 0xa7d5), 0xa7da, 0xa7db,
        .. Between(0x10d50, 0x10d65), .. Between(0x10d70, 0x10d85), .. Between(0x16ea0, 0x16eb8), .. Between(0x16ebb, 0x16ed3),
    ];

    [Fact]
    public void Letters_fold_alike_exactly_where_they_are_equal_without_regard_to_case()
    {
        // A hash set by the comparer finds every letter that is equal to another one, whatever their distance.
        Dictionary<string, string> folds = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> classes = new(StringComparer.Ordinal);
        int pairs = 0;
        for (int code = 0; code <= 0x10ffff; code++)
        {
            if (code is >= 0xd800 and < 0xe000 || Newer.Contains(code)) continue;
            string letter = new Rune(code).ToString();
            string fold = Encoding.UTF8.GetString(OrdinalCase.Fold(letter));
            if (!folds.TryAdd(letter, fold))
            {
                pairs++;
                Assert.True(folds[letter] == fold, $"U+{code:X} folds to {fold}, an equal one to {folds[letter]}");
            }

            if (!classes.TryAdd(fold, letter)) Assert.True(string.Equals(classes[fold], letter, StringComparison.OrdinalIgnoreCase), $"U+{code:X} folds as the unequal {classes[fold]} does");
        }

        Assert.True(pairs > 1400, $"only {pairs} letters are equal to another");
    }

    [Fact]
    public void Random_texts_fold_alike_exactly_where_they_are_equal_without_regard_to_case()
    {
        string[] parts = ["a", "A", "é", "É", "ß", "ẞ", "ı", "i", "İ", "I", "ſ", "s", "K", "k", "ς", "σ", "Σ", "ǆ", "ǅ", "Ǆ", "ɐ", "Ɐ", "ɽ", "Ɽ", "ᾳ", "ᾼ", "\u0345", "ι", "\U00010428", "\U00010400", "漢", "\0", "😀"];
        int seed = Environment.TickCount;
        Random random = new(seed);
        int equal = 0;
        for (int i = 0; i < 30_000; i++)
        {
            string left = Text(), right = random.Next(2) == 0 ? Text() : random.Next(2) == 0 ? left.ToUpperInvariant() : left.ToLowerInvariant();
            bool areEqual = string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
            equal += areEqual ? 1 : 0;
            byte[] folded = OrdinalCase.Fold(left), other = OrdinalCase.Fold(right);
            if (areEqual != folded.AsSpan().SequenceEqual(other)) Assert.Fail($"seed {seed}: '{left}' and '{right}'");
            if (left.StartsWith(right, StringComparison.OrdinalIgnoreCase) != folded.AsSpan().StartsWith(other)) Assert.Fail($"seed {seed}: '{left}' starts with '{right}'");
        }

        Assert.True(equal > 1500, $"only {equal} were equal");

        string Text() => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => parts[random.Next(parts.Length)]));
    }

    [Fact]
    public void No_letter_folds_to_more_bytes_than_are_made_room_for()
    {
        for (int code = 0; code <= 0x10ffff; code++)
        {
            if (code is >= 0xd800 and < 0xe000) continue;
            Rune rune = new(code), fold = OrdinalCase.Fold(rune);
            if (fold.Utf8SequenceLength > OrdinalCase.MaxLength(rune.Utf8SequenceLength) || OrdinalCase.Fold(fold) != fold) Assert.Fail($"U+{code:X}");
        }
    }

    [Fact]
    public void What_is_no_UTF_8_is_damage()
    {
        byte[] room = new byte[16];
        foreach (byte[] text in (byte[][])[[0xff], [(byte)'a', 0xc3], [0xed, 0xa0, 0x80]]) Assert.Throws<VaultCorruptionException>(() => OrdinalCase.Fold(text, room));
    }

    private static IEnumerable<int> Between(int first, int last) => Enumerable.Range(first, last - first + 1);
}
