using System.Diagnostics.CodeAnalysis;

namespace ModelVault;

// Typed access by path: "publisher.city" is the field city of the object publisher.
public sealed partial class VaultRecord
{
    /// <summary>
    /// The value at a path, as a type that holds it without loss: <c>Get&lt;int&gt;("year")</c>, <c>Get&lt;double?&gt;("rating")</c>.
    /// Throws <see cref="KeyNotFoundException"/> if it is not there, <see cref="InvalidCastException"/> if it is null or does not fit.
    /// </summary>
    /// <typeparam name="T">The type wanted; nullable to allow for null.</typeparam>
    /// <param name="path">Stored names joined by dots.</param>
    public T Get<T>(string path) => TryFind(path, out object? value)
        ? RecordCast.To<T>(value, path)
        : throw new KeyNotFoundException($"The record has no field '{path}'.");

    /// <summary>The value at a path, or the default where it is not there or null. Throws <see cref="InvalidCastException"/> if it does not fit.</summary>
    /// <inheritdoc cref="Get{T}(string)"/>
    public T? GetOrDefault<T>(string path) => TryFind(path, out object? value) && value is not null ? RecordCast.To<T>(value, path) : default;

    /// <summary>The string at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public string GetString(string path) => Get<string>(path);

    /// <summary>The integer at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public int GetInt32(string path) => Get<int>(path);

    /// <summary>The integer at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public long GetInt64(string path) => Get<long>(path);

    /// <summary>The number at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public double GetDouble(string path) => Get<double>(path);

    /// <summary>The decimal at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public decimal GetDecimal(string path) => Get<decimal>(path);

    /// <summary>The boolean at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public bool GetBoolean(string path) => Get<bool>(path);

    /// <summary>The Guid at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public Guid GetGuid(string path) => Get<Guid>(path);

    /// <summary>The date and time at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public DateTime GetDateTime(string path) => Get<DateTime>(path);

    /// <summary>The instant at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public DateTimeOffset GetDateTimeOffset(string path) => Get<DateTimeOffset>(path);

    /// <summary>The bytes at a path; not a copy. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public byte[] GetBytes(string path) => Get<byte[]>(path);

    /// <summary>The nested object at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    public VaultRecord GetRecord(string path) => Get<VaultRecord>(path);

    /// <summary>The items of the list at a path. Throws as <see cref="Get{T}(string)"/> does.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="path">Stored names joined by dots.</param>
    public IReadOnlyList<T> GetList<T>(string path)
    {
        List<T> items = [];
        foreach (object? item in Get<System.Collections.IEnumerable>(path)) items.Add(RecordCast.To<T>(item, path));
        return items;
    }

    /// <summary>Whether the value at a path is null, or not there.</summary>
    public bool IsNull(string path) => !TryFind(path, out object? value) || value is null;

    // A name with a dot in it is found before a path through objects is.
    private bool TryFind(string path, [MaybeNullWhen(false)] out object? value)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_values.TryGetValue(path, out value)) return true;
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !_values.TryGetValue(path[..dot], out object? parent)) return false;
        value = null;
        return parent is VaultRecord record ? record.TryFind(path[(dot + 1)..], out value) : parent is null;
    }
}
