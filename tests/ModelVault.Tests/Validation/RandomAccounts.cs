using System.Text;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Validation;

/// <summary>Accounts whose every member is as likely wrong as right, and often on the limit.</summary>
internal static class RandomAccounts
{
    public static Account Of(int seed)
    {
        Random random = new(seed);
        string code = Text(random, "ab", 6);
        return new Account
        {
            Id = seed,
            Rank = random.Next(-1, 5),
            Email = Pick(random, null, "", " ", "a@b", "@b", "a@", "a@b@c", "a@\nb", Text(random, "a@\r ", 5)),
            Name = Pick(random, "", " ", "\t\u00a0", "n"),
            Short = Maybe(random, Text(random, "aü😀", 7)),
            Code = code,
            Again = Pick(random, null, code, Text(random, "ab", 6)),
            Tags = [.. Enumerable.Range(0, random.Next(5)).Select(i => $"{i}")],
            Hash = Maybe(random, new byte[random.Next(4)]),
            Map = Enumerable.Range(0, random.Next(3)).ToDictionary(i => $"{i}"),
            Number = Pick(random, -6, -5, 0, 5, 6, int.MinValue, int.MaxValue),
            MaybeNumber = random.Next(3) == 0 ? null : random.Next(0, 7),
            Percent = (byte)random.Next(198, 203),
            Large = Pick(random, -1L, 0L, 1_000_000_000_000_000L, 1_000_000_000_000_001L, long.MinValue, long.MaxValue),
            Share = Pick(random, 0.1f, 0.3f, 0.2f, float.NaN, float.PositiveInfinity, MathF.BitDecrement(0.1f), MathF.BitIncrement(0.3f), MathF.BitDecrement(0.3f)),
            Factor = Pick(random, 0.5, 2.5, double.NaN, double.BitIncrement(0.5), double.BitDecrement(2.5), -0.0),
            Price = Pick(random, 0.01m, 0.0099m, 1000m, 1000.001m, 0m, -1m),
            Due = Pick(random, new DateOnly(2000, 1, 1), new DateOnly(1999, 12, 31), new DateOnly(2099, 12, 31), new DateOnly(2100, 1, 1), DateOnly.MinValue),
            Duration = random.Next(3) == 0 ? null : Pick(random, TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.FromHours(10), TimeSpan.FromHours(10) + TimeSpan.FromTicks(1)),
            At = random.Next(3) == 0 ? null : Pick(random, new DateTime(2000, 1, 1), new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(-1), new DateTime(2020, 1, 1).AddTicks(1)),
            Pattern = Maybe(random, Pick(random, "", "a1", "a1\n", "\na1", "abc9", "a", "1", "A1", "a12", Text(random, "a1\n", 4))),
            Home = Maybe(random, Pick(random, "", "http://", "HTTPS://x", "ftp://x", "file://x", " http://x", "http:/x")),
            Phone = Maybe(random, Pick(random, "", "+1 (234) 5-6.7", "+", "12 ext. 3", "12 ext 3", "12x3", "12 EXT.", "x3", "1 ext. 2 ext 3", "1a", "٣", Text(random, "1+x -e.t", 8))),
            Card = Maybe(random, Pick(random, "", "4111-1111 1111 1111", "4111 1111 1111 1112", "4111a", "-", "٣", Text(random, "0123456789- ", 6))),
            Token = Maybe(random, Pick(random, "", "AAEC", "AAE=", "AA==", "A", "AA=", "A A E C", " ", "AAE-", Text(random, "Aa+/= \n", 6))),
            Kind = Pick(random, null, "a", "b", "c", ""),
            Lucky = Pick(random, 0, 13, 7),
            Color = Pick(random, Color.Red, Color.Green, Color.Blue, (Color)77),
            Letter = Pick(random, 'x', 'y', 'z'),
            Contacts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => ContactOf(random))],
            ByNumber = Enumerable.Range(0, random.Next(3)).ToDictionary(i => i * 10 - 5, _ => ContactOf(random)),
            Main = random.Next(2) == 0 ? null : ContactOf(random),
            Shapes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Enumerable.Range(0, random.Next(3)).Select(_ => new Corner(random.Next(-1, 11))).ToList())],
        };
    }

    private static Contact ContactOf(Random random) => new(Text(random, "ab", 5), random.Next(0, 11), new Corner(random.Next(-1, 11)));

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    private static T? Maybe<T>(Random random, T value)
        where T : class => random.Next(4) == 0 ? null : value;

    private static string Text(Random random, string alphabet, int maxLength)
    {
        Rune[] runes = [.. alphabet.EnumerateRunes()];
        return string.Concat(Enumerable.Range(0, random.Next(maxLength + 1)).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }
}
