using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>What has items: a list or a set.</summary>
internal interface IItemsRecordType
{
    RecordType Element { get; }
}

/// <summary>A list: read as <c>List&lt;object?&gt;</c>, written from anything enumerable.</summary>
internal sealed class ListRecordType(FieldTypeSchema schema, RecordType element) : RecordType(schema), IItemsRecordType
{
    public override string Name => "a list";

    public RecordType Element => element;

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        if (!TryGetItems(value, out ICollection? items))
        {
            encoder.FailType(Name, value);
            return;
        }

        encoder.Writer.BeginList(items.Count);
        int index = 0;
        foreach (object? item in items)
        {
            encoder.Enter(index++);
            encoder.Encode(element, item);
            encoder.Leave();
        }

        encoder.Writer.EndList();
    }

    /// <summary>The items of a value that is written as a list. False if it is none.</summary>
    public static bool TryGetItems(object value, [NotNullWhen(true)] out ICollection? items)
    {
        items = value is string or byte[] or IDictionary or VaultRecord || value is not IEnumerable sequence ? null
            : sequence as ICollection ?? sequence.Cast<object?>().ToList();
        return items is not null;
    }

    protected override object ReadPresent(ref MessagePackReader reader)
    {
        int count = reader.BeginList();
        List<object?> items = new(count);
        for (int i = 0; i < count; i++) items.Add(element.Read(ref reader));
        reader.EndList();
        return items;
    }
}
