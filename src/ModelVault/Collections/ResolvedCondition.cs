using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A condition of a partial index, as it is checked on stored records: by keys, whose order is that of the values.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Field">Where its field stands.</param>
/// <param name="Key">The constant as a key component, without a tag; empty where there is none.</param>
internal sealed record ResolvedCondition(IndexCondition Condition, ResolvedField Field, byte[] Key)
{
    /// <summary>The field's dotted path.</summary>
    public string Path { get; } = Field.Path.ToString();

    /// <summary>The condition on the records of a collection.</summary>
    public static ResolvedCondition Of(CollectionSchema collection, IndexCondition condition)
    {
        ResolvedField field = collection.Resolve(condition.Path);
        if (condition.Value is null) return new ResolvedCondition(condition, field, []);
        MessagePackWriter value = new(new byte[64]);
        SchemaScalar.Write(condition.Value, ref value);
        scoped MessagePackReader reader = new(value.Written);
        KeyWriter key = new(stackalloc byte[256]);
        KeyTranscoder.Write(field.Type, ref reader, ref key);
        byte[] bytes = key.Written.ToArray();
        key.Dispose();
        return new ResolvedCondition(condition, field, bytes);
    }

    /// <summary>Whether a record meets it.</summary>
    public bool Holds(ReadOnlySpan<byte> record, int start)
    {
        IndexOperator op = Condition.Operator;
        scoped MessagePackReader reader;
        bool present = Field.TryLocate(record, start, out reader) && !reader.TryReadNull();
        if (op is IndexOperator.IsNull or IndexOperator.IsNotNull) return present == (op == IndexOperator.IsNotNull);
        if (!present) return op == IndexOperator.NotEqual;
        KeyWriter key = new(stackalloc byte[512]);
        KeyTranscoder.Write(Field.Type, ref reader, ref key);
        bool holds = Holds(op, key.Written);
        key.Dispose();
        return holds;
    }

    /// <summary>The condition as in C#.</summary>
    public override string ToString()
    {
        string value = FilterText.Of(Condition.Value);
        return Condition.Operator switch
        {
            IndexOperator.Equal => $"{Path} == {value}",
            IndexOperator.NotEqual => $"{Path} != {value}",
            IndexOperator.Less => $"{Path} < {value}",
            IndexOperator.LessOrEqual => $"{Path} <= {value}",
            IndexOperator.Greater => $"{Path} > {value}",
            IndexOperator.GreaterOrEqual => $"{Path} >= {value}",
            IndexOperator.IsNull => $"{Path} == null",
            _ => $"{Path} != null",
        };
    }

    private bool Holds(IndexOperator op, ReadOnlySpan<byte> key)
    {
        int order = key.SequenceCompareTo(Key);
        return op switch
        {
            IndexOperator.Equal => order == 0,
            IndexOperator.NotEqual => order != 0,
            IndexOperator.Less => order < 0 && !IsNaN(key),
            IndexOperator.LessOrEqual => order <= 0 && !IsNaN(key),
            IndexOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    // NaN is the first of the keys, but less than nothing.
    public bool IsNaN(ReadOnlySpan<byte> key) => Field.Type.Kind is FieldKind.Float16 or FieldKind.Float32 or FieldKind.Float64 && !key.ContainsAnyExcept((byte)0);
}
