using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Turns a place in a query's order into an interval of a key: what is left of the intervals that are read anyhow. It leaves out
/// nothing that is behind the place, but need not leave out all that is before it, for which there is <see cref="AfterFilter{TModel}"/>.
/// That depends on the order alone, not on the way in which the key is read.
/// </summary>
internal static class PageSeek
{
    private const int SmallestPlace = 64;

    /// <summary>What is behind the place in intervals of an index (of the primary key, where that is null), ascending and apart.</summary>
    public static KeyRange[] Narrow(KeyRange[] ranges, IndexLayout? index, PagePosition after)
    {
        CollectionLayout layout = after.Order.Layout;
        Component[] components = index is null
            ? [.. layout.Key.Select(static f => new Component(f.Path.ToString(), f.Type))]
            : [.. index.Components.Select(static c => new Component(c.Path, c.Field.Type))];
        List<KeyRange> narrowed = new(ranges.Length + 1);
        foreach (KeyRange range in ranges)
        {
            using Walk walk = new(range, components, index, after);
            walk.Run();
            walk.Add(narrowed);
        }

        return [.. narrowed];
    }

    /// <summary>A part of the key.</summary>
    private readonly record struct Component(string Path, FieldTypeSchema Type);

    /// <summary>Goes over the order term by term as long as the key follows it, writing the place as the key would have it.</summary>
    private ref struct Walk(KeyRange range, Component[] components, IndexLayout? index, PagePosition after) : IDisposable
    {
        private readonly int[] _ends = new int[components.Length];
        private KeyWriter _place = new(new byte[SmallestPlace]);
        private int _fixed;
        private int _met;
        private bool? _descends;
        private int _split = -1;

        public void Run()
        {
            FindFixed();
            if (FollowTerms(out bool keyDescends)) FollowKey(keyDescends);
        }

        public readonly void Add(List<KeyRange> narrowed)
        {
            ReadOnlySpan<byte> place = _place.Written;
            if (_descends is null) narrowed.Add(range);
            else if (_descends == false) AddUnlessEmpty(narrowed, place.ToArray(), null);
            else if (_split < 0) AddUnlessEmpty(narrowed, [], KeyRange.After(place));
            else
            {
                // Equal values go on upwards behind the place; lower ones follow from their beginning.
                byte[] group = place[.._split].ToArray();
                AddUnlessEmpty(narrowed, [], group);
                AddUnlessEmpty(narrowed, place.ToArray(), KeyRange.After(group));
            }
        }

        public void Dispose() => _place.Dispose();

        // The components that are the same throughout the interval.
        private void FindFixed()
        {
            int end = 0;
            while (_fixed < components.Length && TryFindEnd(range.Start, end, _fixed, out end) && IsShared(range.Start.AsSpan(0, end))) _ends[_fixed++] = end;
            _met = _fixed;
            _place.WriteRaw(range.Start.AsSpan(0, _fixed == 0 ? 0 : _ends[_fixed - 1]));
        }

        // False: from here on the key does not follow the order, so the place ends here.
        private bool FollowTerms(out bool keyDescends)
        {
            keyDescends = after.Order.KeyDescends;
            int keyPart = 0;
            string[] keyPaths = after.Order.Layout.KeyPaths;
            for (int i = 0; i < after.Terms.Length; i++)
            {
                OrderTerm term = after.Order.Terms[i];
                if (term.MovesNulls) return false;
                string path = term.Field.Path.ToString();
                int at = Array.FindIndex(components, c => c.Path == path);
                if (at >= 0 && at < _fixed)
                {
                    if (!IsFixedAt(at, after.Terms[i], term.IsDescending)) return false;
                }
                else if (at == _met)
                {
                    if (!TryTurn(term.IsDescending)) return false;
                    Append(after.Terms[i], term.IsDescending);
                    _met++;
                }
                else if (at < 0)
                {
                    // The primary key may be spelled out behind the components. The last part of it decides.
                    if (index is null || _met < components.Length || keyPart >= keyPaths.Length || keyPaths[keyPart] != path) return false;
                    if (keyPaths.Length == 1) keyDescends = term.IsDescending;
                    else if (keyDescends != term.IsDescending) return false;
                    if (++keyPart == keyPaths.Length) return true;
                }
                else if (at > _met)
                {
                    return false;
                }
            }

            return true;
        }

        private void FollowKey(bool keyDescends)
        {
            if (index is null) FollowKeyParts(keyDescends);
            else if (_met == components.Length && !index.Schema.IsUnique) AppendKey(keyDescends);
        }

        private void AppendKey(bool keyDescends)
        {
            if (_descends == true && !keyDescends) _split = _place.Length;
            else if (!TryTurn(keyDescends)) return;
            _place.WriteRaw(after.Key);
        }

        // What the terms have left of the primary key, where that is what is read.
        private void FollowKeyParts(bool keyDescends)
        {
            int start = 0;
            for (int i = 0; i < components.Length; i++)
            {
                if (!TryFindEnd(after.Key, start, i, out int end)) return;
                ReadOnlySpan<byte> part = after.Key.AsSpan(start, end - start);
                start = end;
                if (i < _fixed)
                {
                    if (!IsTerm(i) && !part.SequenceEqual(FixedPart(i))) return;
                }
                else if (i >= _met)
                {
                    if (!TryTurn(keyDescends)) return;
                    _place.WriteRaw(part);
                }
            }
        }

        // The place is one end of an interval only as long as everything goes in one direction.
        private bool TryTurn(bool descends)
        {
            if (_descends is { } before && before != descends) return false;
            _descends = descends;
            return true;
        }

        private void Append(byte[] sortKey, bool descends)
        {
            int start = _place.Length;
            _place.WriteRaw(index is null ? sortKey.AsSpan(Math.Min(1, sortKey.Length)) : sortKey);
            if (descends) _place.Complement(start);
        }

        private readonly bool IsFixedAt(int component, byte[] sortKey, bool descends)
        {
            ReadOnlySpan<byte> value = index is null ? sortKey.AsSpan(Math.Min(1, sortKey.Length)) : sortKey;
            ReadOnlySpan<byte> part = FixedPart(component);
            if (value.Length != part.Length) return false;
            for (int i = 0; i < part.Length; i++)
                if ((descends ? (byte)~value[i] : value[i]) != part[i]) return false;
            return true;
        }

        private readonly ReadOnlySpan<byte> FixedPart(int component)
        {
            int start = component == 0 ? 0 : _ends[component - 1];
            return range.Start.AsSpan(start, _ends[component] - start);
        }

        private readonly bool IsTerm(int component)
        {
            string path = components[component].Path;
            return Array.Exists(after.Order.Terms, t => t.Field.Path.ToString() == path);
        }

        private readonly bool TryFindEnd(byte[] key, int start, int component, out int end)
        {
            ReadOnlySpan<byte> rest = key.AsSpan(start);
            end = start;
            int tag = index is null ? 0 : 1;
            if (rest.Length < tag) return false;
            end += tag;
            if (tag == 1 && rest[0] == KeyWriter.NullTag) return true;
            bool isWhole = KeyTranscoder.TryLengthOf(components[component].Type, rest[tag..], out int length);
            end += isWhole ? length : 0;
            return isWhole;
        }

        private readonly bool IsShared(ReadOnlySpan<byte> prefix) =>
            KeyRange.After(prefix) is not { } behind ? range.End is null : range.End is not null && range.End.AsSpan().SequenceCompareTo(behind) <= 0;

        private readonly void AddUnlessEmpty(List<KeyRange> narrowed, byte[] start, byte[]? end)
        {
            KeyRange left = new(
                start.AsSpan().SequenceCompareTo(range.Start) > 0 ? start : range.Start,
                range.End is null || (end is not null && end.AsSpan().SequenceCompareTo(range.End) < 0) ? end : range.End);
            if (!left.IsEmpty) narrowed.Add(left);
        }
    }
}
