using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// The part of a record that a covering index keeps in its entries: the fields of the index that are not inside a list, the
/// key's and the included ones. It is a record itself, with null in place of everything else, cut behind the last field that is
/// not null, so that a field is read from it as from the whole record.
/// </summary>
internal sealed class RecordCut : IFieldSet
{
    private readonly List<FieldPath> _paths = [];
    private readonly Part _root = new();

    private RecordCut()
    {
    }

    /// <summary>What an index keeps.</summary>
    public static RecordCut Of(CollectionSchema collection, IndexSchema index)
    {
        RecordCut cut = new();
        foreach (FieldPath path in (IEnumerable<FieldPath>)[.. index.Paths, .. collection.Key.Select(static k => new FieldPath(k)), .. index.Included])
            if (SchemaPaths.Resolve(collection.Fields, path) is { List: null } place) cut.Add(place.Field);
        return cut;
    }

    /// <summary>Whether a field, or what it is part of, is in it.</summary>
    public bool Holds(FieldPath path)
    {
        string text = path.ToString();
        foreach (FieldPath held in _paths)
        {
            string start = held.ToString();
            if (text.StartsWith(start, StringComparison.Ordinal) && (text.Length == start.Length || text[start.Length] is '.' or '[')) return true;
        }

        return false;
    }

    /// <summary>Cuts a record, header included.</summary>
    public byte[] Of(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        MessagePackWriter writer = new(RecordBuffer.Take());
        writer.WriteRaw(record[..start]);
        _root.Copy(new MessagePackReader(record, start), ref writer);
        byte[] cut = writer.Written.ToArray();
        RecordBuffer.Return(writer.Buffer);
        return cut;
    }

    private void Add(ResolvedField field)
    {
        _paths.Add(field.Path);
        Part part = _root;
        foreach (int ordinal in field.Ordinals) part = part.Inside(ordinal);
        part.IsWhole = true;
    }

    // A field that is kept, or an object of which some fields are.
    private sealed class Part
    {
        private readonly SortedList<int, Part> _parts = [];

        public bool IsWhole { get; set; }

        public Part Inside(int ordinal)
        {
            if (!_parts.TryGetValue(ordinal, out Part? part)) _parts.Add(ordinal, part = new Part());
            return part;
        }

        public void Copy(MessagePackReader reader, ref MessagePackWriter writer)
        {
            if (IsWhole)
            {
                writer.WriteRaw(reader.ReadRaw());
            }
            else if (reader.TryReadNull())
            {
                writer.WriteNull();
            }
            else
            {
                CopyFields(reader, ref writer);
            }
        }

        private void CopyFields(MessagePackReader reader, ref MessagePackWriter writer)
        {
            int count = CountTo(reader);
            reader.BeginObject();
            writer.BeginObject(count);
            for (int i = 0; i < count; i++)
            {
                if (_parts.TryGetValue(i, out Part? part)) part.Copy(reader, ref writer);
                else writer.WriteNull();
                reader.Skip();
            }

            writer.EndObject();
        }

        // How many fields there are up to the last that is kept and not null.
        private int CountTo(MessagePackReader reader)
        {
            int fields = reader.BeginObject();
            int count = 0;
            for (int i = 0; i < fields && i <= _parts.Keys[^1]; i++)
            {
                bool isNull = reader.TryReadNull();
                if (isNull) continue;
                if (_parts.ContainsKey(i)) count = i + 1;
                reader.Skip();
            }

            return count;
        }
    }
}
