using ModelVault.Runtime;

namespace ModelVault;

/// <summary>What was generated for many models, kept until their records are stored.</summary>
internal sealed class GeneratedValues<TModel>
{
    private readonly List<TModel> _models = [];
    private readonly KeyList _values = new();

    /// <summary>Keeps what was generated for a model.</summary>
    public void Add(TModel model, EncodedRecord stored, GeneratedFields fields)
    {
        MessagePackWriter writer = new(RecordBuffer.Take());
        fields.WriteValues(stored.Fields, 0, ref writer);
        _values.Add(writer.Written);
        _models.Add(model);
        RecordBuffer.Return(writer.Buffer);
    }

    /// <summary>Sets it on the models.</summary>
    public void HandOut(GeneratedValueReceiver<TModel> receive)
    {
        for (int i = 0; i < _models.Count; i++)
        {
            MessagePackReader reader = new(_values[i]);
            receive(_models[i], ref reader);
        }
    }

    /// <summary>Sets what was generated for one model on it.</summary>
    public static void HandOut(TModel model, EncodedRecord stored, GeneratedFields fields, GeneratedValueReceiver<TModel> receive)
    {
        MessagePackWriter writer = new(RecordBuffer.Take());
        fields.WriteValues(stored.Fields, 0, ref writer);
        MessagePackReader reader = new(writer.Written);
        receive(model, ref reader);
        RecordBuffer.Return(writer.Buffer);
    }
}
