using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ModelVault;

/// <summary>Writes plans as JSON.</summary>
internal static class PlanJson
{
    public static string Write(QueryPlan plan)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WritePropertyName("root");
            Write(json, plan.Root);
            json.WriteStartArray("considered");
            foreach (PlanCandidate candidate in plan.Considered) Write(json, candidate);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, PlanNode node)
    {
        json.WriteStartObject();
        json.WriteString("kind", node.Kind.ToString());
        json.WriteString("detail", node.Detail);
        if (node.Index is not null) json.WriteString("index", node.Index);
        json.WriteNumber("estimatedRows", node.EstimatedRows);
        if (node.ActualRows is { } rows) json.WriteNumber("actualRows", rows);
        if (node.Pages is { } pages) json.WriteNumber("pages", pages);
        if (node.Time is { } time) json.WriteNumber("milliseconds", time.TotalMilliseconds);
        json.WriteStartArray("inputs");
        foreach (PlanNode input in node.Inputs) Write(json, input);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlanCandidate candidate)
    {
        json.WriteStartObject();
        json.WriteString("name", candidate.Name);
        json.WriteBoolean("isChosen", candidate.IsChosen);
        json.WriteString("reason", candidate.Reason);
        json.WriteEndObject();
    }
}
