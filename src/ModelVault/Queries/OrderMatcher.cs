using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Tells whether a key's own order is the one a query asks for, ties by primary key included.</summary>
internal static class OrderMatcher
{
    /// <summary>The way to read the key so that the order holds, or null if none does.</summary>
    public static ScanOrder? Match(in KeyCandidate candidate, ReadOnlySpan<OrderTerm> terms, bool keyDescends)
    {
        // An index over a list's items delivers no order but the primary key's, behind components that are all fixed.
        if (candidate.Index is { IsMultiEntry: true } && candidate.Match.Equalities < candidate.Parts.Length) return null;
        Progress progress = new(candidate);
        foreach (OrderTerm term in terms)
            if (term.MovesNulls || !term.Field.IsIndexable || !progress.Meets(term.Field.Path.ToString(), term.IsDescending)) return null;

        // What is asked for ends with the primary key, where it is not among the terms.
        foreach (string path in candidate.KeyPaths)
            if (!IsAmong(terms, path) && !progress.Meets(path, keyDescends)) return null;
        return progress.Direction();
    }

    private static bool IsAmong(ReadOnlySpan<OrderTerm> terms, string path)
    {
        foreach (OrderTerm term in terms)
            if (term.Field.Path.ToString() == path) return true;
        return false;
    }

    /// <summary>
    /// What a scan delivers, held against what is asked for, path by path. It delivers the components that are not fixed, then
    /// (of an index) those of the primary key that are not among them.
    /// </summary>
    private ref struct Progress(in KeyCandidate candidate)
    {
        private readonly ReadOnlySpan<string> _components = candidate.Paths.AsSpan(candidate.Match.Equalities);
        private readonly ReadOnlySpan<string> _fixed = candidate.Paths.AsSpan(0, candidate.Match.Equalities);
        private readonly ReadOnlySpan<string> _key = candidate.Index is null ? [] : candidate.KeyPaths;
        private readonly bool _isIndex = candidate.Index is not null;
        private readonly IndexLayout? _index = candidate.Index;
        private readonly int _fixedCount = candidate.Match.Equalities;
        private int _component;
        private int _keyPart;
        private bool _isPassed;
        private bool _anyComponentAscends, _anyComponentDescends, _anyKeyAscends, _anyKeyDescends;

        /// <summary>Takes the next path that is asked for. False: the scan does not deliver it here.</summary>
        public bool Meets(string path, bool isDescending)
        {
            SkipDeliveredKeyParts();
            if (_component < _components.Length && _components[_component] == path && !IgnoresCase(_fixedCount + _component))
            {
                bool descends = _index is not null && _index.Components[_fixedCount + _component].IsDescending;
                _component++;
                Note(isDescending != descends, ref _anyComponentAscends, ref _anyComponentDescends);
                return true;
            }

            if (_component == _components.Length && _keyPart < _key.Length && _key[_keyPart] == path)
            {
                _keyPart++;
                Note(isDescending, ref _anyKeyAscends, ref _anyKeyDescends);
                return true;
            }

            // A fixed component is not delivered and need not be, unless it is delivered as a part of the key.
            int place = _fixed.IndexOf(path);
            if (place >= 0 && !IgnoresCase(place) && !_key.Contains(path)) return true;

            // Behind the whole primary key nothing can differ any more.
            _isPassed = true;
            return IsAtEnd;
        }

        /// <summary>The direction in which all that was met holds, or null.</summary>
        public ScanOrder? Direction()
        {
            SkipDeliveredKeyParts();
            bool deliversNothing = _components.Length == 0 && !_isIndex;
            if (!IsAtEnd || (deliversNothing && _isPassed)) return null;
            if (!_anyComponentDescends && !_anyKeyDescends) return ScanOrder.Forward;
            if (!_anyComponentAscends && !_anyKeyAscends) return ScanOrder.Backward;
            return !_anyComponentAscends && !_anyKeyDescends && _isIndex ? ScanOrder.BackwardByValue : null;
        }

        // Where case does not count, entries come in another order than texts, and different texts are one value.
        private readonly bool IgnoresCase(int component) => _index is not null && _index.Components[component].IgnoreCase;

        private readonly bool IsAtEnd => _component == _components.Length && _keyPart == _key.Length;

        private void SkipDeliveredKeyParts()
        {
            while (_keyPart < _key.Length && _components.Contains(_key[_keyPart])) _keyPart++;
        }

        private static void Note(bool isDescending, ref bool ascends, ref bool descends)
        {
            ascends |= !isDescending;
            descends |= isDescending;
        }
    }
}
