using System.Buffers;
using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault.Benchmarks;

/// <summary>
/// What turning an object into bytes and back costs by itself: the generated code, the same bytes written by hand for this one class,
/// and System.Text.Json's generated code. Each writes to a buffer that is used again, and makes every object anew.
/// </summary>
internal sealed class CodecContest : IDisposable
{
    public const int Books = 1000;

    private const int Passes = 100;

    // What the generated code may take of the time of code written by hand.
    private const double MostRatio = 1.3;
    private const string Ours = "ModelVault";
    private const string ByHand = "code by hand";
    private const string Json = "System.Text.Json";

    private readonly Book[] _books = new BookData(Books).Ascending();
    private readonly byte[][] _records;
    private readonly byte[][] _documents;
    private readonly Measurements _measurements;
    private readonly ArrayBufferWriter<byte> _document = new(1024);
    private readonly Utf8JsonWriter _json;
    private byte[] _ourBuffer = new byte[256];
    private byte[] _theirBuffer = new byte[256];

    public CodecContest(BenchmarkOptions options)
    {
        _measurements = new Measurements(options);
        _json = new Utf8JsonWriter(_document);
        _records = Array.ConvertAll(_books, Written);
        _documents = Array.ConvertAll(_books, static b => JsonSerializer.SerializeToUtf8Bytes(b, BookJson.Default.Book));
        CheckAgreement();
    }

    public IReadOnlyList<Row> Run()
    {
        Measure("write an object", WriteAllOurs, WriteAllByHand, WriteAllJson);
        Measure("read an object", ReadAllOurs, ReadAllByHand, ReadAllJson);
        return _measurements.Rows;
    }

    private void Measure(string work, Action ours, Action byHand, Action json) => _measurements.Measure(
        new Workload(work, Pass(Ours, ours), Pass(ByHand, byHand) with { MostRatio = MostRatio }, Pass(Json, json)) { Operations = Passes * Books });

    // The loop over the books is each contender's own, so that no call through a delegate stands between them and their time.
    private static Lane Pass(string name, Action all) => new(name, operations =>
    {
        for (int done = 0; done < operations; done += Books) all();
    });

    private void WriteAllOurs()
    {
        foreach (Book book in _books)
        {
            MessagePackWriter writer = new(_ourBuffer);
            VaultObjects.Write(book, ref writer);
            _ourBuffer = writer.Buffer;
        }
    }

    private void WriteAllByHand()
    {
        foreach (Book book in _books) HandWrittenCodec.Write(book, ref _theirBuffer);
    }

    private void WriteAllJson()
    {
        foreach (Book book in _books)
        {
            _document.ResetWrittenCount();
            _json.Reset();
            JsonSerializer.Serialize(_json, book, BookJson.Default.Book);
        }
    }

    private void ReadAllOurs()
    {
        foreach (byte[] record in _records) ReadOurs(record);
    }

    private void ReadAllByHand()
    {
        foreach (byte[] record in _records) HandWrittenCodec.Read(record);
    }

    private void ReadAllJson()
    {
        foreach (byte[] document in _documents) JsonSerializer.Deserialize(document, BookJson.Default.Book);
    }

    public void Dispose() => _json.Dispose();

    private static Book ReadOurs(byte[] record)
    {
        MessagePackReader reader = new(record);
        return VaultObjects.Read<Book, MessagePackReader>(ref reader);
    }

    private static byte[] Written(Book book)
    {
        MessagePackWriter writer = new(new byte[256]);
        VaultObjects.Write(book, ref writer);
        return writer.Written.ToArray();
    }

    private void CheckAgreement()
    {
        for (int i = 0; i < Books; i++)
        {
            int length = HandWrittenCodec.Write(_books[i], ref _theirBuffer);
            if (!_theirBuffer.AsSpan(0, length).SequenceEqual(_records[i])) throw new InvalidOperationException($"The codec written by hand has other bytes for book {i}.");
            foreach (Book read in (Book[])[ReadOurs(_records[i]), HandWrittenCodec.Read(_records[i]), JsonSerializer.Deserialize(_documents[i], BookJson.Default.Book)!])
                if (!Agreement.AreEqual(_books[i], read)) throw new InvalidOperationException($"Book {i} comes back as another one.");
        }
    }
}
