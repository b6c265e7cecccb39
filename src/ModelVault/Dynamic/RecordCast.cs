using System.Globalization;

namespace ModelVault;

/// <summary>Gives a record's values as the types that callers ask for.</summary>
internal static class RecordCast
{
    /// <summary>The value as a type, converted where that loses nothing. Throws <see cref="InvalidCastException"/>.</summary>
    public static T To<T>(object? value, string path)
    {
        if (value is T same) return same;
        if (value is null)
            return default(T) is null && typeof(T).IsValueType ? default! : throw new InvalidCastException($"'{path}' is null.");
        Type wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return TryConvert(wanted, value, out object? converted)
            ? (T)converted!
            : throw new InvalidCastException(string.Create(CultureInfo.InvariantCulture, $"'{path}' is {Runtime.FilterText.Of(value)} ({value.GetType().Name}), which is no {wanted.Name}."));
    }

    private static bool TryConvert(Type wanted, object value, out object? converted)
    {
        converted = null;
        if (wanted.IsEnum) return TryConvertEnum(wanted, value, out converted);
        if (NumberConversion.IsInteger(wanted)) return NumberConversion.TryInteger(value, wanted, out converted);
        if (wanted == typeof(double)) return NumberConversion.TryDouble(value, out converted);
        if (wanted == typeof(float)) return NumberConversion.TrySingle(value, out converted);
        if (wanted == typeof(Half)) return NumberConversion.TryHalf(value, out converted);
        if (wanted == typeof(decimal)) return NumberConversion.TryDecimal(value, out converted);
        if (wanted == typeof(DateTime) && value is DateTimeOffset { Offset.Ticks: 0 } instant) converted = instant.UtcDateTime;
        if (wanted == typeof(DateTimeOffset) && value is DateTime { Kind: not DateTimeKind.Unspecified } time) converted = new DateTimeOffset(time);
        return converted is not null;
    }

    private static bool TryConvertEnum(Type wanted, object value, out object? converted)
    {
        converted = null;
        if (value is string name) return Enum.TryParse(wanted, name, out converted) && !char.IsAsciiDigit(name[0]) && name[0] != '-';
        if (!NumberConversion.TryInteger(value, Enum.GetUnderlyingType(wanted), out object? number)) return false;
        converted = Enum.ToObject(wanted, number!);
        return true;
    }
}
