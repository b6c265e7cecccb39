using System.Collections;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A set: read as <c>List&lt;object?&gt;</c> in stored order, written from anything enumerable. What is there twice is stored once.</summary>
internal sealed class SetRecordType(FieldTypeSchema schema, RecordType element) : RecordType(schema), IItemsRecordType
{
    public override string Name => "a set";

    public RecordType Element => element;

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        if (!ListRecordType.TryGetItems(value, out ICollection? items))
        {
            encoder.FailType(Name, value);
            return;
        }

        object?[] ordered = [.. items.Cast<object?>()];
        if (AreFit(ref encoder, ordered)) ordered = element.Schema.IsScalar ? SetItems.Ordered(ordered, element) : SetItems.Ordered<object?>(ordered, WriteItem);
        encoder.Writer.BeginList(ordered.Length);
        foreach (object? item in ordered) encoder.Encode(element, item);
        encoder.Writer.EndList();
    }

    protected override object ReadPresent(ref MessagePackReader reader)
    {
        int count = reader.BeginList();
        List<object?> items = new(count);
        for (int i = 0; i < count; i++)
        {
            object? item = element.Read(ref reader);
            if (i > 0 && element.Schema.IsScalar && element.CompareStored(items[^1], item) == 0) throw RecordErrors.DuplicateEntry(item!);
            items.Add(item);
        }

        reader.EndList();
        return items;
    }

    // Only what fits has an order. Scalars are converted on the way.
    private bool AreFit(ref RecordEncoder encoder, object?[] items)
    {
        int before = encoder.Violations?.Count ?? 0;
        for (int i = 0; i < items.Length; i++)
        {
            encoder.Enter(i);
            if (items[i] is { } item && element.Schema.IsScalar)
            {
                if (element.TryConvert(item, out object? converted)) items[i] = converted;
                else encoder.FailType(element.Name, item);
            }
            else
            {
                RecordEncoder check = new(new MessagePackWriter(new byte[64]));
                check.Encode(element, items[i]);
                foreach (VaultViolation violation in check.Violations ?? []) encoder.FailAt(violation);
            }

            encoder.Leave();
        }

        return (encoder.Violations?.Count ?? 0) == before;
    }

    private void WriteItem(in object? item, ref MessagePackWriter writer)
    {
        RecordEncoder encoder = new(new MessagePackWriter(new byte[64]));
        encoder.Encode(element, item);
        writer.WriteRaw(encoder.Writer.Written);
    }
}
