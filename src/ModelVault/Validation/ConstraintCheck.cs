using System.Collections;
using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Checks a stored value by one constraint, or by those that belong together.</summary>
internal abstract class ConstraintCheck
{
    /// <summary>The checks of a field.</summary>
    public static ConstraintCheck[] Of(FieldSchema field, ImmutableArray<FieldSchema> siblings)
    {
        List<ConstraintCheck> checks = [.. field.Constraints.Select(c => Of(c, field.Type, siblings)).OfType<ConstraintCheck>()];
        if (field.Constraints.Any(static c => c.Kind is FieldConstraintKind.Minimum or FieldConstraintKind.Maximum)) checks.Add(Range(field));
        return [.. checks];
    }

    /// <summary>Whether null is judged, too.</summary>
    public virtual bool TakesNull => false;

    /// <summary>Whether the value can be seen to hold without making an object of it. False: it may not.</summary>
    public virtual bool HoldsSurely(MessagePackReader value) => false;

    /// <summary>Checks a value and records what it finds.</summary>
    public abstract void Run(string field, object? value, StoredObject siblings, ref VaultValidator validator);

    private static ConstraintCheck? Of(FieldConstraint constraint, FieldTypeSchema type, ImmutableArray<FieldSchema> siblings) => constraint.Kind switch
    {
        FieldConstraintKind.MinLength or FieldConstraintKind.MaxLength => new LengthCheck(type.Kind, constraint),
        FieldConstraintKind.Allowed or FieldConstraintKind.Denied => new ValuesCheck(type, constraint),
        FieldConstraintKind.EqualTo => new EqualityCheck(siblings, (string)constraint.Operand!),
        FieldConstraintKind.Minimum or FieldConstraintKind.Maximum or FieldConstraintKind.MinimumIsExclusive or FieldConstraintKind.MaximumIsExclusive => null,
        _ => new TextCheck(constraint),
    };

    // A limit that is not given is the type's own.
    private static ConstraintCheck Range(FieldSchema field) => field.Type.Kind switch
    {
        FieldKind.Int64 => new Int64Check(Limits(field, long.MinValue, long.MaxValue)),
        FieldKind.UInt64 => new UInt64Check(Limits(field, ulong.MinValue, ulong.MaxValue)),
        FieldKind.Int128 => new RangeCheck<Int128>(Limits(field, Int128.MinValue, Int128.MaxValue)),
        FieldKind.UInt128 => new RangeCheck<UInt128>(Limits(field, UInt128.MinValue, UInt128.MaxValue)),
        FieldKind.Float16 or FieldKind.Float32 => new SmallFloatCheck(Limits(field, double.NegativeInfinity, double.PositiveInfinity)),
        FieldKind.Float64 => new RangeCheck<double>(Limits(field, double.NegativeInfinity, double.PositiveInfinity)),
        FieldKind.Decimal => new RangeCheck<decimal>(Limits(field, decimal.MinValue, decimal.MaxValue)),
        FieldKind.DateTime => new RangeCheck<DateTime>(Limits(field, DateTime.MinValue, DateTime.MaxValue)),
        FieldKind.TimestampTz => new RangeCheck<DateTimeOffset>(Limits(field, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)),
        FieldKind.Date => new RangeCheck<DateOnly>(Limits(field, DateOnly.MinValue, DateOnly.MaxValue)),
        FieldKind.Time => new RangeCheck<TimeOnly>(Limits(field, TimeOnly.MinValue, TimeOnly.MaxValue)),
        _ => new RangeCheck<TimeSpan>(Limits(field, TimeSpan.MinValue, TimeSpan.MaxValue)),
    };

    private static RangeLimits<T> Limits<T>(FieldSchema field, T min, T max) where T : IComparable<T> => new(
        Operands<T>(field, FieldConstraintKind.Minimum).DefaultIfEmpty(min).Max()!,
        Operands<T>(field, FieldConstraintKind.Maximum).DefaultIfEmpty(max).Min()!,
        field.Constraints.Any(static c => c.Kind == FieldConstraintKind.MinimumIsExclusive),
        field.Constraints.Any(static c => c.Kind == FieldConstraintKind.MaximumIsExclusive));

    private static IEnumerable<T> Operands<T>(FieldSchema field, FieldConstraintKind kind) => field.Constraints.Where(c => c.Kind == kind).Select(static c => (T)c.Operand!);

    private sealed record RangeLimits<T>(T Min, T Max, bool MinIsExclusive, bool MaxIsExclusive);

    private class RangeCheck<T>(RangeLimits<T> limits) : ConstraintCheck where T : IComparable<T>
    {
        protected RangeLimits<T> Limits => limits;

        public override void Run(string field, object? value, StoredObject siblings, ref VaultValidator validator) =>
            validator.Range(field, (T)value!, limits.Min, limits.Max, limits.MinIsExclusive, limits.MaxIsExclusive);
    }

    // Every narrow integer has limits, so these are compared where they lie.
    private sealed class Int64Check(RangeLimits<long> limits) : RangeCheck<long>(limits)
    {
        public override bool HoldsSurely(MessagePackReader value) => value.ReadInt64() is var number && number >= Limits.Min && number <= Limits.Max;
    }

    private sealed class UInt64Check(RangeLimits<ulong> limits) : RangeCheck<ulong>(limits)
    {
        public override bool HoldsSurely(MessagePackReader value) => value.ReadUInt64() is var number && number >= Limits.Min && number <= Limits.Max;
    }

    private sealed class SmallFloatCheck(RangeLimits<double> limits) : ConstraintCheck
    {
        public override void Run(string field, object? value, StoredObject siblings, ref VaultValidator validator)
        {
            if (value is Half half) validator.Range(field, half, limits.Min, limits.Max, limits.MinIsExclusive, limits.MaxIsExclusive);
            else validator.Range(field, (float)value!, limits.Min, limits.Max, limits.MinIsExclusive, limits.MaxIsExclusive);
        }
    }

    private sealed class LengthCheck(FieldKind kind, FieldConstraint constraint) : ConstraintCheck
    {
        private readonly int _limit = (int)constraint.Operand!;
        private readonly bool _isMaximum = constraint.Kind == FieldConstraintKind.MaxLength;

        public override bool HoldsSurely(MessagePackReader value) => kind switch
        {
            // A UTF-16 unit takes one to three bytes of UTF-8.
            FieldKind.String => value.ReadUtf8().Length is var bytes && (_isMaximum ? bytes <= _limit : bytes / 3 >= _limit),
            FieldKind.Bytes => Holds(value.ReadBytesSpan().Length),
            FieldKind.Map => Holds(value.BeginMap()),
            _ => Holds(value.BeginList()),
        };

        public override void Run(string field, object? value, StoredObject siblings, ref VaultValidator validator)
        {
            int length = value is string text ? text.Length : ((ICollection)value!).Count;
            if (_isMaximum) validator.MaxLength(field, length, _limit, value);
            else validator.MinLength(field, length, _limit, value);
        }

        private bool Holds(int length) => _isMaximum ? length <= _limit : length >= _limit;
    }

    private sealed class TextCheck(FieldConstraint constraint) : ConstraintCheck
    {
        public override void Run(string field, object? value, StoredObject siblings, ref VaultValidator validator)
        {
            string text = (string)value!;
            switch (constraint.Kind)
            {
                case FieldConstraintKind.NonBlank: validator.Required(field, text); break;
                case FieldConstraintKind.Pattern: validator.RegularExpression(field, text, constraint.Regex!); break;
                case FieldConstraintKind.Email: validator.EmailAddress(field, text); break;
                case FieldConstraintKind.Url: validator.Url(field, text); break;
                case FieldConstraintKind.Base64: validator.Base64String(field, text); break;
                case FieldConstraintKind.CreditCard: validator.CreditCard(field, text); break;
                case FieldConstraintKind.Phone: validator.Phone(field, text); break;
                default: throw new VaultSchemaException($"The constraint '{constraint.Word}' is not checked.");
            }
        }
    }

    private sealed class ValuesCheck(FieldTypeSchema type, FieldConstraint constraint) : ConstraintCheck
    {
        private readonly RecordType _type = RecordType.Of(type);

        public override bool TakesNull => true;

        public override void Run(string field, object? value, StoredObject siblings, ref VaultValidator validator)
        {
            bool isListed = constraint.Values.Any(v => _type.Compare(v, value) == 0);
            if (constraint.Kind == FieldConstraintKind.Allowed && !isListed) validator.NotAllowed(field, value, TextOf(value));
            if (constraint.Kind == FieldConstraintKind.Denied && isListed) validator.Denied(field, value, TextOf(value));
        }

        private string TextOf(object? value) => type.Kind == FieldKind.Enum && value is string name ? name : FilterText.Of(value);
    }

    private sealed class EqualityCheck(ImmutableArray<FieldSchema> siblings, string other) : ConstraintCheck
    {
        private readonly int _ordinal = siblings.Select(static f => f.Name).ToList().IndexOf(other);
        private readonly RecordType _type = RecordType.Of(siblings.First(f => f.Name == other).Type);

        public override bool TakesNull => true;

        public override void Run(string field, object? value, StoredObject fields, ref VaultValidator validator) =>
            validator.Compare(field, value, other, fields.Read(_ordinal, _type));
    }
}
