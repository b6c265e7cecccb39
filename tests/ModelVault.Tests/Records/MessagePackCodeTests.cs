using ModelVault.Runtime;

namespace ModelVault.Tests.Records;

/// <summary>Every first byte of the published format, in every place where a value can stand.</summary>
public sealed class MessagePackCodeTests
{
    private static readonly IReadOnlyList<EncodedValue> Values = EncodedValue.OfEveryCode();
    private static readonly HashSet<EncodedValue> OfEachCode = [.. Values.DistinctBy(static v => v.Bytes[0])];

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
    public void Every_type_code_in_the_place_of_every_field_is_read_where_it_fits_and_refused_elsewhere()
    {
        foreach (StoredSample sample in StoredSample.All)
        {
            for (int field = 0; field < sample.Fields.Count; field++)
            {
                FieldTypeSchema type = sample.Fields[field].Type;
                foreach (EncodedValue value in Values)
                {
                    byte[] changed = sample.With(field, value.Bytes);
                    string what = $"{sample.Fields[field].Name}: {value}";
                    bool? fits = type.IsOptional && value.Form == Form.Nil ? true : ValueRead.FieldAccepts(type, value);
                    AssertFits(fits, () => sample.Read(changed), what);

                    // Errors cost their time: one value of each code is enough for the readers that share what reads scalars. Without a
                    // model null may be read where the schema does not allow it, and an enum's name where it has no such case.
                    if (!OfEachCode.Contains(value)) continue;
                    bool? fitsSchema = (value.Form == Form.Nil && !type.IsOptional) || (type.Kind == FieldKind.Enum && value.Form == Form.String) ? null : fits;
                    AssertFits(fitsSchema, () => sample.ReadDynamic(changed), what);
                    AssertFits(fitsSchema, () => sample.WriteJson(changed), what);
                }
            }
        }
    }

    // Where it is not known whether the value fits, either is right, but no other error is.
    private static void AssertFits(bool? fits, Action read, string what)
    {
        Exception? error = Record.Exception(read);
        Assert.True(error is null ? fits != false : error is VaultCorruptionException && fits != true, $"{what}: {error?.ToString() ?? "was read"}");
    }

    private static void AssertDamaged(Action read, string what) => AssertFits(false, read, what);
}
