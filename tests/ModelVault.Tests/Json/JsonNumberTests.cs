using System.Text;

namespace ModelVault.Tests.Json;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("0e999999999999", "0")]
    [InlineData("1.0", "1")]
    [InlineData("10e-1", "1")]
    [InlineData("1.5e1", "15")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("1E+18", "1000000000000000000")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("9223372036854775807.00", "9223372036854775807")]
    [InlineData("-9.223372036854775808e18", "-9223372036854775808")]
    public void A_number_without_a_fraction_is_that_integer_however_it_is_written(string text, string expected)
    {
        Assert.True(Parse(text).TryToInteger(long.MinValue, (UInt128)long.MaxValue, out UInt128 magnitude, out bool isNegative));
        Assert.Equal(expected, (isNegative ? "-" : "") + magnitude);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e19")]
    [InlineData("1e999999999999999999999")]
    [InlineData("1e-999999999999999999999")]
    [InlineData("100000000000000000000000000000000000000000000000000")]
    public void A_number_with_a_fraction_or_outside_the_limits_is_refused(string text) =>
        Assert.False(Parse(text).TryToInteger(long.MinValue, (UInt128)long.MaxValue, out _, out _));

    [Fact]
    public void The_limits_of_128_bits_are_read_to_the_digit()
    {
        Assert.True(Parse("340282366920938463463374607431768211455").TryToInteger(0, UInt128.MaxValue, out UInt128 max, out _));
        Assert.Equal(UInt128.MaxValue, max);
        Assert.False(Parse("340282366920938463463374607431768211456").TryToInteger(0, UInt128.MaxValue, out _, out _));
        Assert.True(Parse("-170141183460469231731687303715884105728").TryToInteger(Int128.MinValue, (UInt128)Int128.MaxValue, out UInt128 min, out bool isNegative));
        Assert.True(isNegative);
        Assert.Equal((UInt128)1 << 127, min);
        Assert.False(Parse("-1").TryToInteger(0, UInt128.MaxValue, out _, out _));
    }

    [Theory]
    [InlineData("1.50", "1.50")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1e2", "100")]
    public void A_decimal_keeps_value_and_scale(string text, string expected)
    {
        Assert.True(JsonNumber.TryToDecimal(Encoding.UTF8.GetBytes(text), out decimal value));
        Assert.Equal(expected, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    public void What_a_decimal_would_round_is_refused(string text) => Assert.False(JsonNumber.TryToDecimal(Encoding.UTF8.GetBytes(text), out _));

    private static JsonNumber Parse(string text) => JsonNumber.Parse(Encoding.UTF8.GetBytes(text));
}
