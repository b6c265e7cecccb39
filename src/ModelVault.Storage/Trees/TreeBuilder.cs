using System.Diagnostics;

namespace ModelVault.Storage;

/// <summary>
/// Fills an empty tree from rows in ascending key order, from the leaves upwards: pages are filled to 95 in a hundred, one behind
/// the other, and not touched again. Made by <see cref="WritableTree.Build"/>. Used by one thread at a time.
/// </summary>
/// <remarks>
/// Each level keeps its last two pages: the one before the open one waits, so that the last two can share their entries
/// evenly when the rows end.
/// </remarks>
public sealed class TreeBuilder
{
    // A page with less than this left is full: some room stays for what is inserted later.
    private const int Spare = FileLayout.PageSize / 20;

    private readonly List<Level> _levels = [];
    private readonly WritableTree _tree;
    private readonly WriteTransaction _transaction;
    private readonly TransactionPages _pages;
    private readonly int _rollbackCount;
    private byte[]? _leaf;
    private long _count;
    private bool _hasOverflow;
    private bool _isBroken;
    private bool _isFinished;

    internal TreeBuilder(WritableTree tree, WriteTransaction transaction, TransactionPages pages)
    {
        _tree = tree;
        _transaction = transaction;
        _pages = pages;
        _rollbackCount = transaction.RollbackCount;
    }

    /// <summary>Rows added so far.</summary>
    public long Count => _count;

    /// <summary>Adds a row behind all others.</summary>
    /// <exception cref="ArgumentException">The key is not above the one before, or key or value is too long; nothing was added.</exception>
    /// <exception cref="VaultTransactionException">The transaction is over, or adding an earlier row failed.</exception>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ThrowIfUnusable();
        _tree.CheckLengths(key, value);
        _pages.Relieve();
        var shared = _leaf is null ? 0 : SharedWithLast(_leaf, key);
        _isBroken = true;
        if (value.Length <= Tree.MaxInlineValueLength)
        {
            Append(key, shared, value, isOverflow: false);
        }
        else
        {
            Span<byte> stored = stackalloc byte[OverflowValue.Size];
            _pages.StoreOverflow(value).Write(stored);
            _hasOverflow = true;
            Append(key, shared, stored, isOverflow: true);
        }

        _count++;
        _isBroken = false;
    }

    /// <summary>The rows are complete: the tree has them, and the transaction can be used again.</summary>
    /// <exception cref="VaultTransactionException">The transaction is over, or adding a row failed.</exception>
    public void Finish()
    {
        ThrowIfUnusable();
        _isBroken = true;
        var root = default(PageReference);
        for (var i = 0; i < _levels.Count; i++) root = FinishLevel(i);
        foreach (var level in _levels) UnpinLast(level);
        _tree.Complete(new TreeRecord(_tree.Record.Id, (byte)Math.Max(0, _levels.Count - 1), _hasOverflow, root, _count));
        _isFinished = true;
    }

    private void ThrowIfUnusable()
    {
        if (_isFinished) throw new InvalidOperationException($"Tree '{_tree.Name}' has been built already.");
        if (_isBroken || !_transaction.IsBroken || _transaction.RollbackCount != _rollbackCount) throw new VaultTransactionException($"The building of tree '{_tree.Name}' can no longer go on: it failed half-way, or its transaction is over.");
    }

    // How many bytes the key shares with the last one; it must be above it.
    private int SharedWithLast(byte[] leaf, ReadOnlySpan<byte> key)
    {
        var last = NodePage.Count(leaf) - 1;
        var shared = NodeEdit.SharedWith(leaf, last, key);
        var prefix = NodePage.Prefix(leaf);
        var suffix = NodePage.Suffix(leaf, last);
        var ascends = shared < key.Length
            && (shared == prefix.Length + suffix.Length || key[shared] > (shared < prefix.Length ? prefix[shared] : suffix[shared - prefix.Length]));
        return ascends ? shared : throw new ArgumentException($"The rows of tree '{_tree.Name}' must come in ascending order of their keys; row {_count} does not.", nameof(key));
    }

    private void Append(ReadOnlySpan<byte> key, int shared, ReadOnlySpan<byte> stored, bool isOverflow)
    {
        if (_leaf is not null && NodeEdit.TryAppend(_leaf, key, stored, isOverflow, Spare, _pages.Scratch)) return;
        // The shortest bytes that are above the last key and not above this one.
        _leaf = Open(0, _leaf is null ? [] : key[..(shared + 1)]);
        NodeEdit.AppendRow(_leaf, key, stored, isOverflow);
    }

    private void AddChild(int level, ReadOnlySpan<byte> separator, byte[] child)
    {
        var reference = NodePage.Reference(child);
        if (level < _levels.Count && NodeEdit.TryAppendChild(_levels[level].Last, separator, reference, Spare, _pages.Scratch)) return;
        NodeEdit.AppendChildAt(Open(level, separator), 0, [], reference);
    }

    // A new page of a level, which stays in memory as long as it is one of its last two. The open one is now the one that waits, and the one that waited goes into the level above.
    private byte[] Open(int number, ReadOnlySpan<byte> separator)
    {
        var page = _pages.Create(number, _tree.Record.Id);
        _pages.Pin(page);
        if (number == _levels.Count)
        {
            _levels.Add(new Level(page));
            return page;
        }

        var level = _levels[number];
        NodeEdit.SealPrefix(level.Last, _pages.Scratch);
        if (level.Waiting is { } finished)
        {
            _pages.Unpin(finished);
            AddChild(number + 1, level.WaitingSeparator, finished);
        }

        level.Follow(page, separator);
        return page;
    }

    // Hands what is left of a level to the one above; where only one page is left and nothing went there, that page is the root.
    private PageReference FinishLevel(int number)
    {
        var level = _levels[number];
        NodeEdit.SealPrefix(level.Last, _pages.Scratch);
        if (level.Waiting is not null) Balance(number, level);
        if (level.Waiting is { } waiting) AddChild(number + 1, level.WaitingSeparator, waiting);
        else if (number == _levels.Count - 1) return NodePage.Reference(level.Last);
        AddChild(number + 1, level.LastSeparator, level.Last);
        return default;
    }

    // Makes one page of the last two of a level where one is enough, and else gives both about the same.
    private void Balance(int number, Level level)
    {
        byte[] left = level.Waiting!, right = level.Last;
        if (NodePage.UsedBytes(right) >= FileLayout.PageSize / 2) return;
        if (number > 0)
        {
            var entries = new InnerEntries(left, level.LastSeparator, right);
            if (entries.SizeOf(0, entries.Count) <= FileLayout.PageSize - Spare)
            {
                entries.Write(0, entries.Count, left);
                Merge(level);
                return;
            }

            var middle = entries.Middle();
            Debug.Assert(middle > 0, "They fit as they were.");
            entries.Write(0, middle, left);
            entries.Write(middle, entries.Count, right);
            level.LastSeparator = entries.Separator(middle);
            return;
        }

        var rows = new LeafRows(left.AsSpan(0, FileLayout.PageSize).ToArray(), right.AsSpan(0, FileLayout.PageSize).ToArray());
        if (rows.Size <= FileLayout.PageSize - Spare)
        {
            rows.Write(0, rows.Count, left);
            Merge(level);
            return;
        }

        var at = rows.Middle();
        Debug.Assert(at > 0, "They fit as they were.");
        Span<byte> separator = stackalloc byte[Tree.MaxKeyLength];
        level.LastSeparator = separator[..rows.Separate(at, separator)];
        rows.Write(0, at, left);
        rows.Write(at, rows.Count, right);
    }

    private void UnpinLast(Level level)
    {
        _pages.Unpin(level.Last);
        if (level.Waiting is { } waiting) _pages.Unpin(waiting);
    }

    private void Merge(Level level)
    {
        _pages.Unpin(level.Last);
        _pages.Free(level.Last);
        level.StepBack();
    }

    private sealed class Level(byte[] first)
    {
        private readonly byte[] _separators = new byte[2 * Tree.MaxKeyLength]; // of the page that waits; of the last one
        private int _waitingLength;
        private int _lastLength;

        public byte[] Last { get; private set; } = first;

        public byte[]? Waiting { get; private set; }

        public ReadOnlySpan<byte> WaitingSeparator => _separators.AsSpan(0, _waitingLength);

        public ReadOnlySpan<byte> LastSeparator
        {
            get => _separators.AsSpan(Tree.MaxKeyLength, _lastLength);
            set
            {
                value.CopyTo(_separators.AsSpan(Tree.MaxKeyLength));
                _lastLength = value.Length;
            }
        }

        public void Follow(byte[] page, ReadOnlySpan<byte> separator)
        {
            LastSeparator.CopyTo(_separators);
            _waitingLength = _lastLength;
            Waiting = Last;
            Last = page;
            LastSeparator = separator;
        }

        public void StepBack()
        {
            Last = Waiting!;
            LastSeparator = WaitingSeparator;
            Waiting = null;
        }
    }
}
