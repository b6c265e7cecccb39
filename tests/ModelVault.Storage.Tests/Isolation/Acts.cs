using System.Buffers.Binary;

namespace ModelVault.Storage.Tests.Isolation;

/// <summary>
/// What writers do: act k sets the head to k, appends k to the log, puts k into a few registers, and moves a window of long and
/// short values on by one. All of it follows from k, so that whoever reads a vault can tell whether it holds exactly the acts
/// 1 to k, for one k, and nothing of any other.
/// </summary>
internal static class Acts
{
    private const int Registers = 24;
    private const int RegistersOfAct = 3;
    private const int Window = 40;
    private static readonly byte[] Head = [0];

    /// <summary>Does the next act.</summary>
    /// <returns>Its number.</returns>
    public static long Do(WriteTransaction transaction, int writer)
    {
        var act = HeadOf(transaction) + 1;
        transaction.GetOrCreateTree("head").Put(Head, Bytes.Key(act));
        transaction.GetOrCreateTree("log").Put(Bytes.Key(act), Entry(act, writer));
        var registers = transaction.GetOrCreateTree("registers");
        for (var i = 0; i < RegistersOfAct; i++) registers.Put(Bytes.Key(Register(act, i)), Content(act, 300));
        var window = transaction.GetOrCreateTree("window");
        window.Put(Bytes.Key(act), WindowValue(act));
        if (act > Window) window.Delete(Bytes.Key(act - Window));
        return act;
    }

    /// <summary>Does something that nobody may ever see, all over the trees.</summary>
    public static void Spoil(WriteTransaction transaction, Random random)
    {
        var head = HeadOf(transaction);
        transaction.GetOrCreateTree("head").Put(Head, Bytes.Key(head + 1_000_000));
        transaction.GetOrCreateTree("log").Put(Bytes.Key(head + 1_000_000), new byte[16]);
        for (var i = random.Next(Registers); i > 0; i--) transaction.GetOrCreateTree("registers").Put(Bytes.Key(i % Registers), new byte[400]);
        transaction.GetOrCreateTree("window").Put(Bytes.Key(head), new byte[random.Next(20_000)]);
        transaction.GetOrCreateTree("spoilt").Put(Head, Head);
        if (random.Next(3) == 0) transaction.DropTree("registers");
    }

    /// <summary>The number of the last act of a state, as its head says; 0 for none.</summary>
    public static long HeadOf(TreeSource source) =>
        source.TryGetTree("head", out var tree) && tree.Get(Head) is { } stored ? BinaryPrimitives.ReadInt64BigEndian(stored) : 0;

    /// <summary>Why a state is not that of exactly the acts 1 to k; null when it is.</summary>
    public static string? Difference(TreeSource source, long k)
    {
        var names = string.Join(' ', source.TreeNames);
        if (names != (k == 0 ? "" : "head log registers window")) return $"{k} acts, and the trees {names}";
        if (k == 0) return null;
        return DifferenceOfLog(Tree(source, "log"), k) ?? DifferenceOfRegisters(Tree(source, "registers"), k) ?? DifferenceOfWindow(Tree(source, "window"), k);
    }

    /// <summary>Who did an act, as the log has it; -1 when that is not how the act is written.</summary>
    public static int WriterOf(ReadOnlySpan<byte> entry, long act)
    {
        var writer = entry.Length > 0 ? entry[0] : -1;
        return entry.SequenceEqual(Entry(act, writer)) ? writer : -1;
    }

    private static string? DifferenceOfLog(Tree log, long k)
    {
        if (log.Count != k) return $"{k} acts, and {log.Count} entries in the log";
        using var cursor = log.OpenCursor();
        long act = 0;
        for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
        {
            if (!cursor.Key.SequenceEqual(Bytes.Key(++act)) || WriterOf(cursor.Value, act) < 0) return $"{k} acts, and entry {act} of the log is not that of the act";
        }

        return act == k ? null : $"{k} acts, and the log ends at {act}";
    }

    private static string? DifferenceOfRegisters(Tree registers, long k)
    {
        var last = new long[Registers];
        for (var act = Math.Max(1, k - 1000); act <= k; act++)
        {
            for (var i = 0; i < RegistersOfAct; i++) last[Register(act, i)] = act;
        }

        for (var register = 0; register < Registers; register++)
        {
            var found = registers.Get(Bytes.Key(register));
            var wanted = last[register] == 0 ? null : Content(last[register], 300);
            if (found is null ? wanted is not null : wanted is null || !found.AsSpan().SequenceEqual(wanted))
                return $"{k} acts, and register {register} is not as act {last[register]} left it";
        }

        return null;
    }

    private static string? DifferenceOfWindow(Tree window, long k)
    {
        using var cursor = window.OpenCursor();
        var act = Math.Max(0, k - Window);
        for (var more = cursor.SeekLast(); more; more = cursor.MovePrevious()) act++;
        if (act != k || window.Count != Math.Min(k, Window)) return $"{k} acts, and {window.Count} rows in the window";
        for (act = Math.Max(1, k - Window + 1); act <= k; act++)
        {
            if (window.Get(Bytes.Key(act)) is not { } value || !value.AsSpan().SequenceEqual(WindowValue(act))) return $"{k} acts, and row {act} of the window is not as the act left it";
        }

        return null;
    }

    private static Tree Tree(TreeSource source, string name) => source.TryGetTree(name, out var tree) ? tree : throw new InvalidOperationException($"No tree {name}.");

    private static byte[] Entry(long act, int writer)
    {
        var entry = Content(act, 40);
        entry[0] = (byte)writer;
        return entry;
    }

    // Three of the registers, no two the same; each comes round within a few acts.
    private static long Register(long act, int i) => ((act * 5) + (i * 7) + (act / 11)) % Registers;

    private static byte[] WindowValue(long act) => Content(act, act % 6 == 0 ? 9_000 : 200);

    private static byte[] Content(long act, int length)
    {
        var content = new byte[length];
        for (var at = 0; at + 8 <= length; at += 8) BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(at), (act * 0x2545F4914F6CDD1D) + at);
        return content;
    }
}
