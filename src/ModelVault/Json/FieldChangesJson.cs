using System.Text.Json;
using System.Text.Json.Serialization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Reads and writes what patches and inputs hold, under the names that a model has with some options.</summary>
internal sealed class FieldChangesJson(CollectionSchema schema, VaultMembers members, JsonSerializerOptions options, string what, Func<FieldSchema, bool> isHidden)
{
    private readonly JsonType _type = JsonType.Of(schema, members, options, isHidden);
    private readonly JsonReading _reading =
        JsonReading.Sparse | ((options.NumberHandling & JsonNumberHandling.AllowReadingFromString) != 0 ? JsonReading.NumbersFromStrings : 0);

    /// <summary>
    /// Reads an object. Throws <see cref="JsonException"/> where a value is of another type, a member unknown or there twice; it
    /// says all of it, has the path of the first, and the rest in an inner <see cref="VaultValidationException"/>.
    /// </summary>
    public void Read(ref Utf8JsonReader json, FieldChanges changes)
    {
        byte[] record = RecordJson.Read(_type, ref json, _reading, out List<VaultViolation>? violations);
        if (violations is not null)
            throw new JsonException($"The JSON is no {what}: {string.Join("; ", violations.Select(static v => $"{PathOf(v)}: {v.Message}"))}.", PathOf(violations[0]), null, null, new VaultValidationException(schema.Name, violations));
        changes.Add(record);
    }

    /// <summary>Writes an object.</summary>
    public void Write(FieldChanges changes, Utf8JsonWriter json) => RecordJson.Write(_type, changes.Over(schema, SparseRecord.Empty, RemovedFields.Refused), json);

    private static string PathOf(VaultViolation violation) => violation.Path.Length == 0 || violation.Path[0] == '[' ? $"${violation.Path}" : $"$.{violation.Path}";
}
