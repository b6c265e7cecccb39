namespace ModelVault.Storage.Tests.Schedules;

/// <summary>Reads in scopes and with cursors, and holds snapshots and cursors while others go on.</summary>
internal sealed class ScheduledReader(ScheduleRun run, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Snapshot> _held = [];
    private readonly List<HeldCursor> _cursors = [];
    private long _last;

    public void Run()
    {
        for (var i = _random.Next(3, 9); i > 0; i--)
        {
            var snapshot = _held.Count > 0 && _random.Next(3) == 0 ? _held[_random.Next(_held.Count)] : Acquire();
            switch (_random.Next(3))
            {
                case 0:
                    ReadInScope(snapshot);
                    break;
                case 1:
                    run.States.Check((snapshot.CommitId, ScheduledRows.Read(snapshot, run.Where)));
                    break;
                default:
                    if (snapshot.TryGetTree(ScheduledRows.Tree, out var tree)) _cursors.Add(new HeldCursor(tree.OpenCursor(), run.States.Of(snapshot.CommitId)));
                    break;
            }

            if (_cursors.Count > 0) Walk(_cursors[_random.Next(_cursors.Count)]);
            if (_cursors.Count == 0 && _held.Count > 0 && _random.Next(2) == 0) Let(_random.Next(_held.Count));
        }

        foreach (var cursor in _cursors)
        {
            Walk(cursor);
            cursor.Cursor.Dispose();
        }

        while (_held.Count > 0) Let(0);
    }

    private Snapshot Acquire()
    {
        var atLeast = Math.Max(run.States.Acknowledged, _last);
        var snapshot = run.Engine.AcquireSnapshot();
        if (snapshot.CommitId < atLeast) throw new InvalidDataException($"Commit {snapshot.CommitId} is seen after {atLeast} had returned or was seen.");
        _last = snapshot.CommitId;
        _held.Add(snapshot);
        return snapshot;
    }

    private void Let(int index)
    {
        _held[index].Release();
        _held.RemoveAt(index);
    }

    // What was read first is looked at last: until the scope ends it must not change.
    private void ReadInScope(Snapshot snapshot)
    {
        var state = run.States.Of(snapshot.CommitId);
        if (!snapshot.TryGetTree(ScheduledRows.Tree, out var tree)) throw new InvalidDataException("The tree is gone.");
        for (var scopes = _random.Next(1, 4); scopes > 0; scopes--)
        {
            int a = _random.Next(ScheduledRows.Count), b = _random.Next(ScheduledRows.Count), c = _random.Next(ScheduledRows.Count);
            using var scope = ReadScope.Enter();
            var hasA = tree.TryGet(Bytes.Key(a), out var valueA);
            Interleaving.Point();
            var hasB = tree.TryGet(Bytes.Key(b), out var valueB);
            Interleaving.Point();
            var hasC = tree.TryGet(Bytes.Key(c), out var valueC);
            Interleaving.Point();
            CheckRow(hasC, valueC, c, state);
            CheckRow(hasA, valueA, a, state);
            CheckRow(hasB, valueB, b, state);
        }
    }

    private void CheckRow(bool found, ReadOnlySpan<byte> value, int row, int[] state)
    {
        if (found != (state[row] != 0)) throw new InvalidDataException($"Row {row} is {(found ? "" : "not ")}there.");
        if (found) ScheduledRows.Check(value, row, state[row], run.Where);
    }

    private void Walk(HeldCursor held)
    {
        var forward = _random.Next(3) != 0;
        if (!held.Cursor.IsValid) held.Row = SeekAnywhere(held);
        for (var steps = _random.Next(1, 16); steps > 0 && held.Cursor.IsValid; steps--)
        {
            CheckPlace(held);
            Interleaving.Point();
            CheckPlace(held);
            var expected = Next(held.State, held.Row, forward ? 1 : -1);
            var moved = forward ? held.Cursor.MoveNext() : held.Cursor.MovePrevious();
            if (moved != (expected is >= 0 and < ScheduledRows.Count)) throw new InvalidDataException($"A cursor at row {held.Row} {(moved ? "goes on" : "ends")}.");
            held.Row = expected;
        }
    }

    private int SeekAnywhere(HeldCursor held)
    {
        var from = _random.Next(ScheduledRows.Count);
        held.Cursor.Seek(Bytes.Key(from));
        return Next(held.State, from - 1, 1);
    }

    private void CheckPlace(HeldCursor held)
    {
        if (!held.Cursor.Key.SequenceEqual(Bytes.Key(held.Row))) throw new InvalidDataException($"A cursor stands elsewhere than at row {held.Row}.");
        ScheduledRows.Check(held.Cursor.Value, held.Row, held.State[held.Row], run.Where);
    }

    private static int Next(int[] state, int row, int step)
    {
        do
        {
            row += step;
        }
        while (row is >= 0 and < ScheduledRows.Count && state[row] == 0);
        return row;
    }

    private sealed class HeldCursor(TreeCursor cursor, int[] state)
    {
        public TreeCursor Cursor => cursor;

        public int[] State => state;

        public int Row { get; set; }
    }
}
