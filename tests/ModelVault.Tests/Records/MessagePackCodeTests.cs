using System.Text.Json;
using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Records;

/// <summary>Every first byte of the published format, in every place where a value can stand.</summary>
public sealed class MessagePackCodeTests
{
    private static readonly IReadOnlyList<EncodedValue> Values = EncodedValue.OfEveryCode();

    [Fact]
    public void Every_type_code_but_the_unused_one_has_a_sample() =>
        Assert.Equal(Enumerable.Range(0, 256).Where(static c => c != EncodedValue.NeverUsed), Values.Select(static v => (int)v.Bytes[0]).Distinct().Order());

    [Fact]
    public void Every_type_code_is_read_to_its_end_where_it_fits_and_refused_elsewhere()
    {
        foreach (ValueRead read in ValueRead.OfScalars)
        {
            foreach (EncodedValue value in Values)
            {
                if (read.Accepts(value)) Assert.True(value.Bytes.Length == read.PositionAfter(value.Bytes), $"{read}: {value}");
                else AssertDamaged(() => read.PositionAfter(value.Bytes), $"{read}: {value}");
            }
        }
    }

    [Fact]
    public void Arrays_and_maps_of_every_width_are_entered_and_nothing_else_is()
    {
        foreach (ValueRead read in ValueRead.OfContainers)
        {
            foreach (EncodedValue value in Values)
            {
                if (read.Accepts(value)) Assert.Equal(value.Bytes.Length - value.Length * (value.Form == Form.Map ? 2 : 1), read.PositionAfter(value.Bytes));
                else AssertDamaged(() => read.PositionAfter(value.Bytes), $"{read}: {value}");
            }
        }
    }

    [Fact]
    public void Only_nil_is_null()
    {
        foreach (EncodedValue value in Values)
        {
            MessagePackReader reader = new(value.Bytes);
            Assert.Equal(value.Form == Form.Nil, reader.TryReadNull());
            Assert.Equal(value.Form == Form.Nil ? 1 : 0, reader.Position);
        }
    }

    [Fact]
    public void The_type_code_that_is_never_used_is_refused_everywhere()
    {
        foreach (ValueRead read in ValueRead.All)
            AssertDamaged(() => read.PositionAfter([EncodedValue.NeverUsed, .. new byte[16]]), read.Name);
    }

    [Fact]
    public void A_value_that_is_cut_off_anywhere_is_refused()
    {
        foreach (ValueRead read in ValueRead.OfScalars)
        {
            foreach (EncodedValue value in Values.Where(read.Accepts))
            {
                for (int length = 0; length < value.Bytes.Length; length++)
                    AssertDamaged(() => read.PositionAfter(value.Bytes[..length]), $"{read}: {value}, the first {length} bytes");
            }
        }

        foreach (ValueRead read in ValueRead.OfContainers)
        {
            foreach (EncodedValue value in Values.Where(read.Accepts).Where(static v => v.Length > 0))
                AssertDamaged(() => read.PositionAfter(value.Bytes[..^1]), $"{read}: {value}, without its last byte");
        }
    }

    [Fact]
    public void Every_type_code_in_the_place_of_every_field_is_read_by_the_model_where_it_fits_and_refused_elsewhere()
    {
        StoredEverything record = new();
        for (int field = 0; field < record.Fields.Count; field++)
        {
            FieldTypeSchema type = record.Fields[field].Type;
            foreach (EncodedValue value in Values)
            {
                byte[] changed = record.With(field, value.Bytes);
                bool? fits = type.IsOptional && value.Form == Form.Nil ? true : type.Kind == FieldKind.Enum ? ValueRead.FieldAccepts(EnumKind(type), value) : ValueRead.FieldAccepts(type.Kind, value);
                string what = $"{record.Fields[field].Name}: {value}";
                if (fits is null) AllowDamaged(() => StoredEverything.Read(changed));
                else if (fits.Value) Assert.NotNull(StoredEverything.Read(changed));
                else AssertDamaged(() => StoredEverything.Read(changed), what);
            }
        }
    }

    [Fact]
    public void Every_type_code_in_the_place_of_every_field_is_read_without_a_model_where_it_fits_and_refused_elsewhere()
    {
        StoredEverything record = new();
        RecordModel model = new(Everything.Schema);
        JsonType json = JsonType.Of(Everything.Schema);
        for (int field = 0; field < record.Fields.Count; field++)
        {
            FieldTypeSchema type = record.Fields[field].Type;
            foreach (EncodedValue value in Values.Where(static v => v.Form != Form.Nil))
            {
                byte[] changed = record.With(field, value.Bytes);
                string what = $"{record.Fields[field].Name}: {value}";
                if (ValueRead.FieldAccepts(type.Kind, value) is not { } fits)
                {
                    AllowDamaged(() => Dynamic(model, changed));
                    AllowDamaged(() => Json(json, changed));
                }
                else if (fits)
                {
                    Assert.NotNull(Dynamic(model, changed));
                    Json(json, changed);
                }
                else
                {
                    AssertDamaged(() => Dynamic(model, changed), what);
                    AssertDamaged(() => Json(json, changed), what);
                }
            }
        }
    }

    private static FieldKind EnumKind(FieldTypeSchema type) => type.IsUnsignedEnum ? FieldKind.UInt64 : FieldKind.Int64;

    private static VaultRecord Dynamic(RecordModel model, byte[] record)
    {
        MessagePackReader reader = new(record);
        return model.Read(ref reader);
    }

    private static void Json(JsonType type, byte[] record)
    {
        using Utf8JsonWriter json = new(Stream.Null);
        RecordJson.Write(type, record, json);
    }

    private static void AssertDamaged(Action read, string what)
    {
        Exception? error = Record.Exception(read);
        Assert.True(error is VaultCorruptionException, $"{what}: {error?.ToString() ?? "was read"}");
    }

    private static void AllowDamaged(Action read)
    {
        if (Record.Exception(read) is { } error) Assert.IsType<VaultCorruptionException>(error);
    }
}
