using System.Globalization;
using System.Numerics;

namespace ModelVault;

/// <summary>Converts numbers between CLR types where the value stays exactly the same.</summary>
internal static class NumberConversion
{
    /// <summary>Whether the type is one of .NET's integers.</summary>
    public static bool IsInteger(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte)
        || type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(sbyte) || type == typeof(Int128) || type == typeof(UInt128);

    /// <summary>The number as an integer type.</summary>
    public static bool TryInteger(object value, Type wanted, out object? converted)
    {
        converted = null;
        if (value is UInt128 large && wanted == typeof(UInt128)) converted = large;
        else if (value is UInt128 beyond && beyond > (UInt128)Int128.MaxValue) return false;
        else if (TryInt128(value) is { } whole) converted = Narrowed(whole, wanted);
        return converted is not null;
    }

    /// <summary>The number as a double.</summary>
    public static bool TryDouble(object value, out object? converted)
    {
        converted = value switch
        {
            double d => d,
            float f => (double)f,
            Half h => (double)h,
            decimal m when Nearest(m) is var d && TryDecimalOf(d) == m => d,
            UInt128 u when (double)u is var d && d < 3.4e38 && (UInt128)d == u => d,
            _ => TryInt128(value) is { } whole && (double)whole is var d && Math.Abs(d) < 1.7e38 && (Int128)d == whole ? d : null,
        };
        return converted is not null;
    }

    /// <summary>The number as a float. Of a double, if both are written the same: 0.1 is taken, a third is not.</summary>
    public static bool TrySingle(object value, out object? converted)
    {
        converted = TryDouble(value, out object? wide) && wide is double d && ((double)(float)d == d || IsWrittenAs((float)d, d)) ? (float)d : null;
        return converted is not null;
    }

    /// <summary>The number as a Half, as of a float.</summary>
    public static bool TryHalf(object value, out object? converted)
    {
        converted = TryDouble(value, out object? wide) && wide is double d && ((double)(Half)d == d || IsWrittenAs((Half)d, d)) ? (Half)d : null;
        return converted is not null;
    }

    /// <summary>The number as a decimal. Of a binary fraction, if it is the one nearest to that decimal.</summary>
    public static bool TryDecimal(object value, out object? converted)
    {
        converted = value switch
        {
            decimal m => m,
            double d => TryDecimalOf(d),
            float f => TryDecimalOf(f),
            Half h => TryDecimalOf((double)h),
            _ => TryInt128(value) is { } whole && Int128.Abs(whole) <= (Int128)decimal.MaxValue ? (decimal)whole : null,
        };
        return converted is not null;
    }

    private static bool IsWrittenAs<T>(T narrow, double wide)
        where T : IFormattable =>
        double.IsNaN(wide) || double.Parse(narrow.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == wide;

    // A cast is not always to the nearest.
    private static double Nearest(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // The decimal that the shortest text of the number stands for; a cast would keep 15 digits only.
    private static decimal? TryDecimalOf(double value) =>
        decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal result) && Nearest(result) == value ? result : null;

    private static decimal? TryDecimalOf(float value) =>
        decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal result) && (float)Nearest(result) == value ? result : null;

    // Null where the value is no whole number, or beyond the type.
    private static Int128? TryInt128(object value) => value switch
    {
        int v => v,
        long v => v,
        short v => v,
        byte v => v,
        uint v => v,
        ulong v => v,
        ushort v => v,
        sbyte v => v,
        Int128 v => v,
        UInt128 v when v <= (UInt128)Int128.MaxValue => (Int128)v,
        decimal v when decimal.Truncate(v) == v => (Int128)v,
        double v when Math.Truncate(v) == v && Math.Abs(v) < 1.7e38 => (Int128)v,
        float v when MathF.Truncate(v) == v && Math.Abs(v) < 1.7e38f => (Int128)v,
        Half v when Half.Truncate(v) == v => (Int128)(double)v,
        _ => null,
    };

    private static object? Narrowed(Int128 whole, Type wanted)
    {
        if (wanted == typeof(long)) return Within<long>(whole, long.MinValue, long.MaxValue);
        if (wanted == typeof(ulong)) return Within<ulong>(whole, 0, ulong.MaxValue);
        if (wanted == typeof(int)) return Within<int>(whole, int.MinValue, int.MaxValue);
        if (wanted == typeof(uint)) return Within<uint>(whole, 0, uint.MaxValue);
        if (wanted == typeof(short)) return Within<short>(whole, short.MinValue, short.MaxValue);
        if (wanted == typeof(ushort)) return Within<ushort>(whole, 0, ushort.MaxValue);
        if (wanted == typeof(sbyte)) return Within<sbyte>(whole, sbyte.MinValue, sbyte.MaxValue);
        if (wanted == typeof(byte)) return Within<byte>(whole, 0, byte.MaxValue);
        return wanted == typeof(UInt128) ? Within<UInt128>(whole, 0, Int128.MaxValue) : Within<Int128>(whole, Int128.MinValue, Int128.MaxValue);
    }

    private static object? Within<T>(Int128 whole, Int128 min, Int128 max)
        where T : INumberBase<T> => whole >= min && whole <= max ? T.CreateTruncating(whole) : null;
}
