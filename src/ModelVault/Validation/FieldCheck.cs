using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>What is checked of one stored field. Made once; a value that surely holds is not taken apart.</summary>
internal sealed class FieldCheck
{
    private readonly string _name;
    private readonly RecordType _type;
    private readonly bool _hasDefault;
    private readonly GeneratedValue _generated;
    private readonly ConstraintCheck[] _constraints;
    private readonly PartCheck? _parts;

    private FieldCheck(FieldSchema field, ImmutableArray<FieldSchema> siblings)
    {
        _name = field.Name;
        _type = RecordType.Of(field.Type);
        _hasDefault = field.Default is not null;
        _generated = field.Generated;
        _constraints = ConstraintCheck.Of(field, siblings);
        _parts = PartCheck.Of(field.Type);
    }

    /// <summary>The checks of an object's fields.</summary>
    public static FieldCheck[] Of(ImmutableArray<FieldSchema> fields) => [.. fields.Select(f => new FieldCheck(f, fields))];

    /// <summary>Throws <see cref="VaultSchemaException"/> if a field's default breaks its own constraints.</summary>
    public static void ThrowUnlessDefaultHolds(FieldSchema field)
    {
        if (field.Default is null || field.Constraints.IsEmpty) return;
        FieldSchema alone = field with { Constraints = [.. field.Constraints.Where(static c => c.Kind != FieldConstraintKind.EqualTo)] };
        MessagePackWriter writer = new(new byte[64]);
        writer.BeginObject(1);
        field.Default.Write(field.Type, ref writer);
        writer.EndObject();
        MessagePackReader reader = new(writer.Written);
        VaultValidator validator = default;
        Run(Of([alone]), ref reader, ref validator);
        if (validator.Violations is { } violations) throw new VaultSchemaException($"The default {field.Default} of the field '{field.Name}' breaks its constraints: {violations[0].Message}.");
    }

    /// <summary>Checks an object. A field that it does not hold is null, or has its default.</summary>
    public static void Run(FieldCheck[] fields, ref MessagePackReader reader, ref VaultValidator validator)
    {
        StoredObject siblings = new(reader);
        int count = reader.BeginObject();
        for (int i = 0; i < fields.Length; i++)
        {
            if (i < count) fields[i].Run(ref reader, siblings, ref validator);
            else if (!fields[i]._hasDefault && fields[i]._generated == GeneratedValue.None) fields[i].RunNull(siblings, ref validator);
        }

        for (int i = fields.Length; i < count; i++) reader.Skip();
        reader.EndObject();
    }

    private void Run(ref MessagePackReader reader, StoredObject siblings, ref VaultValidator validator)
    {
        if (IsLeftToDatabase(reader))
        {
            reader.Skip();
            return;
        }

        if (reader.TryReadNull())
        {
            RunNull(siblings, ref validator);
            return;
        }

        if (!HoldSurely(reader)) RunConstraints(reader, siblings, ref validator);
        if (_parts is null)
        {
            reader.Skip();
            return;
        }

        validator.Enter(_name);
        _parts.Run(ref reader, ref validator);
        validator.Leave();
    }

    // Of what the database sets, only what is given is checked: a default stands for what is still to come.
    private bool IsLeftToDatabase(MessagePackReader value) => _generated switch
    {
        GeneratedValue.None => false,
        GeneratedValue.UpdatedAt or GeneratedValue.ConcurrencyToken => true,
        _ => GeneratedField.IsDefault(_type.Schema, value),
    };

    private void RunNull(StoredObject siblings, ref VaultValidator validator)
    {
        if (!_type.Schema.IsOptional)
        {
            validator.Missing(_name);
            return;
        }

        foreach (ConstraintCheck constraint in _constraints)
            if (constraint.TakesNull) constraint.Run(_name, null, siblings, ref validator);
    }

    private bool HoldSurely(MessagePackReader value)
    {
        foreach (ConstraintCheck constraint in _constraints)
            if (!constraint.HoldsSurely(value)) return false;
        return true;
    }

    private void RunConstraints(MessagePackReader value, StoredObject siblings, ref VaultValidator validator)
    {
        object? read = _type.Read(ref value);
        foreach (ConstraintCheck constraint in _constraints) constraint.Run(_name, read, siblings, ref validator);
    }
}

/// <summary>A stored object, of which other fields than the one at hand can be read.</summary>
internal readonly ref struct StoredObject(MessagePackReader start)
{
    private readonly MessagePackReader _start = start;

    /// <summary>Reads the field at an ordinal; null where the object ends before it.</summary>
    public object? Read(int ordinal, RecordType type)
    {
        MessagePackReader reader = _start;
        if (ordinal >= reader.BeginObject()) return null;
        for (int i = 0; i < ordinal; i++) reader.Skip();
        return type.Read(ref reader);
    }
}
