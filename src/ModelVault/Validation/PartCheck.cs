using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Checks what a value is made of: an object's fields, a list's items, a map's values.</summary>
internal abstract class PartCheck
{
    /// <summary>The check of a type; null where its parts can't be wrong.</summary>
    public static PartCheck? Of(FieldTypeSchema type) => type.Kind switch
    {
        FieldKind.Object => new ObjectParts(FieldCheck.Of(type.Fields)),
        FieldKind.List or FieldKind.Set => Elements(type.Element!) is { } element ? new ListParts(element) : null,
        FieldKind.Map => Elements(type.Element!) is { } value ? new MapParts(RecordType.Of(type.MapKey!), value) : null,
        FieldKind.Union => new UnionParts(UnionCases.Of(type), [.. type.UnionCases.Select(static c => FieldCheck.Of(c.Fields))]),
        _ => null,
    };

    /// <summary>Checks the parts of a value that is not null. The validator's path is the value's.</summary>
    public abstract void Run(ref MessagePackReader reader, ref VaultValidator validator);

    private static ElementCheck? Elements(FieldTypeSchema type)
    {
        PartCheck? parts = Of(type);
        return parts is null && type.IsOptional ? null : new ElementCheck(type.IsOptional, parts);
    }

    private sealed class ObjectParts(FieldCheck[] fields) : PartCheck
    {
        public override void Run(ref MessagePackReader reader, ref VaultValidator validator) => FieldCheck.Run(fields, ref reader, ref validator);
    }

    private sealed class UnionParts(UnionCases cases, FieldCheck[][] fields) : PartCheck
    {
        public override void Run(ref MessagePackReader reader, ref VaultValidator validator)
        {
            FieldCheck.Run(fields[reader.BeginUnion(cases)], ref reader, ref validator);
            reader.EndUnion();
        }
    }

    private sealed class ListParts(ElementCheck element) : PartCheck
    {
        public override void Run(ref MessagePackReader reader, ref VaultValidator validator)
        {
            int count = reader.BeginList();
            for (int i = 0; i < count; i++)
            {
                validator.EnterItem(i);
                element.Run(ref reader, ref validator);
                validator.Leave();
            }

            reader.EndList();
        }
    }

    private sealed class MapParts(RecordType key, ElementCheck element) : PartCheck
    {
        public override void Run(ref MessagePackReader reader, ref VaultValidator validator)
        {
            int count = reader.BeginMap();
            for (int i = 0; i < count; i++)
            {
                validator.EnterItem(key.Read(ref reader)!);
                element.Run(ref reader, ref validator);
                validator.Leave();
            }

            reader.EndMap();
        }
    }

    /// <summary>An item of a list, or a value of a map.</summary>
    private sealed class ElementCheck(bool isOptional, PartCheck? parts)
    {
        public void Run(ref MessagePackReader reader, ref VaultValidator validator)
        {
            if (reader.TryReadNull())
            {
                if (!isOptional) validator.MissingHere();
            }
            else if (parts is null)
            {
                reader.Skip();
            }
            else
            {
                parts.Run(ref reader, ref validator);
            }
        }
    }
}
