using System.Text.Json.Serialization;

namespace ModelVault.Benchmarks;

/// <summary>What System.Text.Json generates for the same class.</summary>
[JsonSerializable(typeof(Book))]
internal sealed partial class BookJson : JsonSerializerContext;
