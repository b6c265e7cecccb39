using ModelVault.Runtime;

namespace ModelVault;

// Select of one to eight fields, in three forms: as separate fields, as a tuple, and into a result.
public readonly partial struct VaultQuery<TModel, TFields>
{
    /// <summary>Reads one field of each record.</summary>
    public VaultProjection<TModel, T1> Select<T1>(Func<TFields, IField<TModel, T1>> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Select(field(default));
    }

    /// <summary>Reads one field of each record.</summary>
    public VaultProjection<TModel, T1> Select<T1>(IField<TModel, T1> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        FieldInfo<TModel, T1> info = field.Field;
        return Project((in RowContext row) => info.Read(row), info);
    }

    /// <summary>Reads one field of each record and makes something of it.</summary>
    public VaultProjection<TModel, TResult> Select<T1, TResult>(Func<TFields, IField<TModel, T1>> field, Func<T1, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> info = field(default).Field;
        return Project((in RowContext row) => result(info.Read(row)), info);
    }

    /// <summary>Reads two fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2)> Select<T1, T2>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row)), f1, f2);
    }

    /// <summary>Reads two fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<T1, T2, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row)), f1, f2);
    }

    /// <summary>Reads two fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2)> Select<T1, T2>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row)), f1, f2);
    }

    /// <summary>Reads three fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2, T3)> Select<T1, T2, T3>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row)), f1, f2, f3);
    }

    /// <summary>Reads three fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<T1, T2, T3, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row), f3.Read(row)), f1, f2, f3);
    }

    /// <summary>Reads three fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3)> Select<T1, T2, T3>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>, IField<TModel, T3>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        FieldInfo<TModel, T3> f3 = tuple.Item3.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row)), f1, f2, f3);
    }

    /// <summary>Reads four fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4)> Select<T1, T2, T3, T4>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row)), f1, f2, f3, f4);
    }

    /// <summary>Reads four fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<T1, T2, T3, T4, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row)), f1, f2, f3, f4);
    }

    /// <summary>Reads four fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4)> Select<T1, T2, T3, T4>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>, IField<TModel, T3>, IField<TModel, T4>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        FieldInfo<TModel, T3> f3 = tuple.Item3.Field;
        FieldInfo<TModel, T4> f4 = tuple.Item4.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row)), f1, f2, f3, f4);
    }

    /// <summary>Reads five fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row)), f1, f2, f3, f4, f5);
    }

    /// <summary>Reads five fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<T1, T2, T3, T4, T5, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row)), f1, f2, f3, f4, f5);
    }

    /// <summary>Reads five fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>, IField<TModel, T3>, IField<TModel, T4>, IField<TModel, T5>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        FieldInfo<TModel, T3> f3 = tuple.Item3.Field;
        FieldInfo<TModel, T4> f4 = tuple.Item4.Field;
        FieldInfo<TModel, T5> f5 = tuple.Item5.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row)), f1, f2, f3, f4, f5);
    }

    /// <summary>Reads six fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<TFields, IField<TModel, T6>> field6)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        FieldInfo<TModel, T6> f6 = Field(field6);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row)), f1, f2, f3, f4, f5, f6);
    }

    /// <summary>Reads six fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, T6, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<TFields, IField<TModel, T6>> field6, Func<T1, T2, T3, T4, T5, T6, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        FieldInfo<TModel, T6> f6 = Field(field6);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row)), f1, f2, f3, f4, f5, f6);
    }

    /// <summary>Reads six fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>, IField<TModel, T3>, IField<TModel, T4>, IField<TModel, T5>, IField<TModel, T6>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        FieldInfo<TModel, T3> f3 = tuple.Item3.Field;
        FieldInfo<TModel, T4> f4 = tuple.Item4.Field;
        FieldInfo<TModel, T5> f5 = tuple.Item5.Field;
        FieldInfo<TModel, T6> f6 = tuple.Item6.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row)), f1, f2, f3, f4, f5, f6);
    }

    /// <summary>Reads seven fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7)> Select<T1, T2, T3, T4, T5, T6, T7>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<TFields, IField<TModel, T6>> field6, Func<TFields, IField<TModel, T7>> field7)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        FieldInfo<TModel, T6> f6 = Field(field6);
        FieldInfo<TModel, T7> f7 = Field(field7);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row), f7.Read(row)), f1, f2, f3, f4, f5, f6, f7);
    }

    /// <summary>Reads seven fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, T6, T7, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<TFields, IField<TModel, T6>> field6, Func<TFields, IField<TModel, T7>> field7, Func<T1, T2, T3, T4, T5, T6, T7, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        FieldInfo<TModel, T6> f6 = Field(field6);
        FieldInfo<TModel, T7> f7 = Field(field7);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row), f7.Read(row)), f1, f2, f3, f4, f5, f6, f7);
    }

    /// <summary>Reads seven fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7)> Select<T1, T2, T3, T4, T5, T6, T7>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>, IField<TModel, T3>, IField<TModel, T4>, IField<TModel, T5>, IField<TModel, T6>, IField<TModel, T7>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        FieldInfo<TModel, T3> f3 = tuple.Item3.Field;
        FieldInfo<TModel, T4> f4 = tuple.Item4.Field;
        FieldInfo<TModel, T5> f5 = tuple.Item5.Field;
        FieldInfo<TModel, T6> f6 = tuple.Item6.Field;
        FieldInfo<TModel, T7> f7 = tuple.Item7.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row), f7.Read(row)), f1, f2, f3, f4, f5, f6, f7);
    }

    /// <summary>Reads eight fields of each record.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7, T8)> Select<T1, T2, T3, T4, T5, T6, T7, T8>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<TFields, IField<TModel, T6>> field6, Func<TFields, IField<TModel, T7>> field7, Func<TFields, IField<TModel, T8>> field8)
    {
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        FieldInfo<TModel, T6> f6 = Field(field6);
        FieldInfo<TModel, T7> f7 = Field(field7);
        FieldInfo<TModel, T8> f8 = Field(field8);
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row), f7.Read(row), f8.Read(row)), f1, f2, f3, f4, f5, f6, f7, f8);
    }

    /// <summary>Reads eight fields of each record and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(Func<TFields, IField<TModel, T1>> field1, Func<TFields, IField<TModel, T2>> field2, Func<TFields, IField<TModel, T3>> field3, Func<TFields, IField<TModel, T4>> field4, Func<TFields, IField<TModel, T5>> field5, Func<TFields, IField<TModel, T6>> field6, Func<TFields, IField<TModel, T7>> field7, Func<TFields, IField<TModel, T8>> field8, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FieldInfo<TModel, T1> f1 = Field(field1);
        FieldInfo<TModel, T2> f2 = Field(field2);
        FieldInfo<TModel, T3> f3 = Field(field3);
        FieldInfo<TModel, T4> f4 = Field(field4);
        FieldInfo<TModel, T5> f5 = Field(field5);
        FieldInfo<TModel, T6> f6 = Field(field6);
        FieldInfo<TModel, T7> f7 = Field(field7);
        FieldInfo<TModel, T8> f8 = Field(field8);
        return Project((in RowContext row) => result(f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row), f7.Read(row), f8.Read(row)), f1, f2, f3, f4, f5, f6, f7, f8);
    }

    /// <summary>Reads eight fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7, T8)> Select<T1, T2, T3, T4, T5, T6, T7, T8>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>, IField<TModel, T3>, IField<TModel, T4>, IField<TModel, T5>, IField<TModel, T6>, IField<TModel, T7>, IField<TModel, T8>)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var tuple = fields(default);
        FieldInfo<TModel, T1> f1 = tuple.Item1.Field;
        FieldInfo<TModel, T2> f2 = tuple.Item2.Field;
        FieldInfo<TModel, T3> f3 = tuple.Item3.Field;
        FieldInfo<TModel, T4> f4 = tuple.Item4.Field;
        FieldInfo<TModel, T5> f5 = tuple.Item5.Field;
        FieldInfo<TModel, T6> f6 = tuple.Item6.Field;
        FieldInfo<TModel, T7> f7 = tuple.Item7.Field;
        FieldInfo<TModel, T8> f8 = tuple.Item8.Field;
        return Project((in RowContext row) => (f1.Read(row), f2.Read(row), f3.Read(row), f4.Read(row), f5.Read(row), f6.Read(row), f7.Read(row), f8.Read(row)), f1, f2, f3, f4, f5, f6, f7, f8);
    }

    private static FieldInfo<TModel, T> Field<T>(Func<TFields, IField<TModel, T>> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field(default).Field;
    }
}
