using System.Globalization;

namespace ModelVault;

/// <summary>A number as JSON writes it, without loss: significant digits and a power of ten. 1.0, 10e-1 and 1 are the same.</summary>
internal readonly struct JsonNumber : IEquatable<JsonNumber>
{
    private const int MaxDigits = 39, MaxExponent = 1_000_000;

    private readonly bool _isNegative;
    private readonly UInt128 _digits;
    private readonly int _exponent;
    private readonly bool _isTooLong;

    private JsonNumber(bool isNegative, UInt128 digits, long exponent, bool isTooLong)
    {
        _isNegative = isNegative;
        _digits = digits;
        _exponent = (int)Math.Clamp(exponent, -MaxExponent, MaxExponent);
        _isTooLong = isTooLong;
    }

    private bool IsZero => _digits == 0 && !_isTooLong;

    /// <summary>Reads a number that is well-formed JSON.</summary>
    public static JsonNumber Parse(ReadOnlySpan<byte> text)
    {
        bool isNegative = text.Length > 0 && text[0] == '-';
        UInt128 value = 0;
        long zeros = 0, scale = 0;
        int i = isNegative ? 1 : 0;
        bool isFraction = false, isTooLong = false;
        for (; i < text.Length && text[i] is not ((byte)'e' or (byte)'E'); i++)
        {
            if (text[i] == '.')
            {
                isFraction = true;
                continue;
            }

            if (isFraction) scale++;
            if (text[i] == '0')
            {
                zeros++;
                continue;
            }

            // Zeros count only once a digit follows them.
            isTooLong |= value != 0 && !TryShift(ref value, zeros);
            isTooLong |= !TryAppend(ref value, text[i] - '0');
            zeros = 0;
        }

        // Zeros in front of the first digit are none at its end.
        long trailing = value == 0 && !isTooLong ? 0 : zeros;
        return new JsonNumber(isNegative, value, trailing - scale + Exponent(text[i..]), isTooLong);
    }

    /// <summary>The number as an integer between limits. False if it has a fraction or is outside.</summary>
    public bool TryToInteger(Int128 min, UInt128 max, out UInt128 magnitude, out bool isNegative)
    {
        magnitude = _digits;
        isNegative = _isNegative && !IsZero;
        if (IsZero) return true;
        if (_isTooLong || _exponent is < 0 or > MaxDigits || !TryShift(ref magnitude, _exponent)) return false;
        return isNegative ? min < 0 && magnitude <= unchecked(UInt128.Zero - (UInt128)min) : magnitude <= max;
    }

    /// <summary>The number as a decimal of the same value, with the scale that it is written with. False if a decimal can't hold all of it.</summary>
    public static bool TryToDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;
        Span<byte> back = stackalloc byte[40];
        return value.TryFormat(back, out int length, default, CultureInfo.InvariantCulture) && Parse(back[..length]).Equals(Parse(text));
    }

    /// <inheritdoc/>
    public bool Equals(JsonNumber other)
    {
        if (_isTooLong || other._isTooLong) return false;
        return IsZero || other.IsZero ? IsZero && other.IsZero : _isNegative == other._isNegative && _digits == other._digits && _exponent == other._exponent;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_digits, IsZero ? 0 : _exponent);

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2) return 0;
        bool isNegative = text[1] == '-';
        long exponent = 0;
        foreach (byte c in text[(text[1] is (byte)'-' or (byte)'+' ? 2 : 1)..]) exponent = Math.Min(exponent * 10 + (c - '0'), int.MaxValue);
        return isNegative ? -exponent : exponent;
    }

    private static bool TryShift(ref UInt128 value, long places)
    {
        if (places > MaxDigits) return false;
        for (; places > 0; places--)
            if (!TryAppend(ref value, 0)) return false;
        return true;
    }

    private static bool TryAppend(ref UInt128 value, int digit)
    {
        if (value > (UInt128.MaxValue - (UInt128)digit) / 10) return false;
        value = value * 10 + (UInt128)digit;
        return true;
    }
}
