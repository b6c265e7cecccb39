using System.Collections.Concurrent;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field found by its path.</summary>
/// <param name="Info">The descriptor; of a path through lists that of the field in the innermost element.</param>
/// <param name="Type">Its type; null for what is derived (a length, a count).</param>
/// <param name="Lists">The lists on the way, outermost first, each of which the filter goes into.</param>
internal sealed record RecordField(FieldInfo<VaultRecord, object?> Info, RecordType? Type, IReadOnlyList<FieldInfo> Lists) : IOrderedField<VaultRecord, object?>
{
    FieldInfo<VaultRecord, object?> IField<VaultRecord, object?>.Field => Info;
}

/// <summary>
/// Finds fields by path: names joined by dots; <c>[]</c> behind a list goes to its items (<c>authors[].name</c>); behind a map
/// follows an entry's key; behind a string <c>length</c>, behind a list <c>count</c>.
/// </summary>
internal sealed class RecordFields(CollectionSchema schema, ObjectRecordType root)
{
    private readonly ConcurrentDictionary<string, RecordField> _known = new(StringComparer.Ordinal);

    /// <summary>The field at a path. Throws <see cref="VaultQueryException"/> where there is none.</summary>
    public RecordField this[string path]
    {
        get
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            return Find(path.Split('.'), path);
        }
    }

    /// <summary>The field at a path.</summary>
    public RecordField this[FieldPath path]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(path);
            return Find([.. path.Segments], path.ToString());
        }
    }

    private RecordField Find(string[] segments, string path)
    {
        if (_known.TryGetValue(path, out RecordField? known)) return known;
        Walk walk = new(schema, root, path);
        foreach (string segment in segments)
        {
            string name = segment;
            int lists = 0;
            for (; name.EndsWith("[]", StringComparison.Ordinal); lists++) name = name[..^2];
            walk.Into(name);
            for (; lists > 0; lists--) walk.IntoItems();
        }

        // Entries of maps have keys without number; only what the schema bounds is kept.
        return walk.HasEntry ? walk.Field : _known.GetOrAdd(path, walk.Field);
    }

    private sealed class Walk(CollectionSchema schema, ObjectRecordType root, string path)
    {
        private readonly List<FieldInfo> _lists = [];
        private FieldInfo<VaultRecord, object?>? _info;
        private RecordType? _type = root;

        public bool HasEntry { get; private set; }

        public RecordField Field => new(_info!, _type, _lists);

        public void Into(string name)
        {
            switch (_type)
            {
                case ObjectRecordType record when record.IndexOf(name) is >= 0 and int ordinal:
                    RecordType member = record.TypeOf(ordinal);
                    _info = _info is null ? new FieldInfo<VaultRecord, object?>(name, ordinal, member) : _info.Member(name, ordinal, member);
                    _type = member;
                    break;
                case MapRecordType map:
                    _info = EntryOf(map, name);
                    _type = map.Value;
                    HasEntry = true;
                    break;
                case IItemsRecordType when name == "count":
                    Derive(name, FieldTypes.ItemCount);
                    break;
                case ScalarRecordType<string> when name == "length":
                    Derive(name, FieldTypes.TextLength);
                    break;
                default:
                    throw Missing(name);
            }
        }

        public void IntoItems()
        {
            if (_type is not IItemsRecordType list) throw new VaultQueryException($"'{path}': [] stands behind a list only.");
            _lists.Add(_info!);
            _info = _info!.Element(list.Element);
            _type = list.Element;
        }

        private void Derive(string name, FieldType<int> type)
        {
            _info = _info!.Computed(name, new DerivedType(type, nullWhenMissing: _type is ScalarRecordType<string>));
            _type = null;
        }

        private FieldInfo<VaultRecord, object?> EntryOf(MapRecordType map, string name)
        {
            if (!map.TryConvertKey(name, out object? key)) throw new VaultQueryException($"'{path}': '{name}' is no key of type {map.Key.Name}.");
            return _info!.Entry(key!, (FieldType<object?>)map.Value);
        }

        private VaultQueryException Missing(string name) => _type is ObjectRecordType record
            ? new($"The collection '{schema.Name}' has no field '{path}': there is no '{name}' among {string.Join(", ", record.Schema.Fields.Select(static f => f.Name))}.")
            : new($"The collection '{schema.Name}' has no field '{path}': nothing is inside '{_info?.Path}'{(_type is IItemsRecordType ? "; write [] behind a list to go into its items" : "")}.");
    }

    /// <summary>A length or count as an object. The length of a null is null, its count 0, as of typed fields.</summary>
    private sealed class DerivedType(FieldType<int> inner, bool nullWhenMissing) : FieldType<object?>
    {
        public override object? Read(ref MessagePackReader reader) => nullWhenMissing && reader.TryReadNull() ? null : inner.Read(ref reader);

        internal override object? Missing => nullWhenMissing ? null : 0;

        public override void WriteKey(ref KeyWriter key, object? value) => inner.WriteKey(ref key, (int)value!);

        public override int Compare(object? left, object? right) =>
            left is null || right is null ? NullOrder.Compare(left, right) : inner.Compare((int)left, (int)right);
    }
}
