namespace ModelVault.Storage.Simulation;

/// <summary>
/// The states in which a power failure can leave a disk: what was flushed, and of what was not, any blocks in any combination,
/// some of them torn.
/// </summary>
public sealed class CrashImages
{
    private const int SectorSize = 512;

    private readonly DiskImage _durable;
    private readonly long _length; // when nothing was cut off
    private readonly long _lengthWhenCut;
    private readonly List<PendingWrite> _blocks;
    private readonly List<(int Place, long Length)> _cuts = []; // before which block

    internal CrashImages(DiskImage durable, IReadOnlyList<PendingWrite> pending)
    {
        _durable = durable;
        _length = _lengthWhenCut = durable.Length;
        _blocks = [];
        foreach (var write in pending)
        {
            if (write.NewLength >= 0 && write.NewLength < _length)
            {
                _cuts.Add((_blocks.Count, write.NewLength));
                _lengthWhenCut = Math.Min(_lengthWhenCut, write.NewLength);
            }

            _length = Math.Max(_length, write.End);
            _lengthWhenCut = Math.Max(_lengthWhenCut, write.End);
            // A block that is written over with the bytes it holds keeps them, whenever the power fails: an assumption that
            // recovery makes (it writes the last commit's pages once more), stated in docs/file-format.md.
            if (write.NewLength < 0 && !durable.Holds(write.Offset, write.Content)) _blocks.Add(write);
        }
    }

    /// <summary>How many blocks of 4 KiB were written and not flushed.</summary>
    public int UnsyncedBlocks => _blocks.Count;

    /// <summary>
    /// Images to open: every subset of the unsynced blocks when there are at most <paramref name="enumerated"/>; else none, all,
    /// all but one for each (of a few, when there are many), and random subsets; then images with one block torn at a sector.
    /// Where the storage was made shorter, all of these with that and without.
    /// </summary>
    /// <param name="seed">Decides the random choices.</param>
    /// <param name="samples">How many random subsets and torn images there are, of each.</param>
    /// <param name="enumerated">Up to how many blocks every subset is given.</param>
    public IEnumerable<DiskImage> Enumerate(int seed, int samples = 16, int enumerated = 12)
    {
        var random = new Random(seed);
        foreach (var chosen in Subsets(random, samples, enumerated))
        {
            yield return Image(chosen, _length);
            if (_cuts.Count > 0) yield return Image(chosen, _lengthWhenCut, isCut: true);
        }

        if (_blocks.Count == 0) yield break;
        // The same with a length that did not reach the disk.
        if (_length > _durable.Length) yield return Image([.. _blocks.Select(_ => random.Next(2) == 0)], _durable.Length);
        for (var i = 0; i < samples; i++) yield return Torn(random);
    }

    private IEnumerable<bool[]> Subsets(Random random, int samples, int enumerated)
    {
        var count = _blocks.Count;
        if (count <= enumerated)
        {
            for (var mask = 0; mask < 1 << count; mask++) yield return [.. Enumerable.Range(0, count).Select(bit => (mask >> bit & 1) != 0)];
            yield break;
        }

        yield return new bool[count];
        yield return [.. Enumerable.Repeat(true, count)];
        foreach (var missing in MissingOnes(random, Math.Max(12, samples))) yield return [.. Enumerable.Range(0, count).Select(block => block != missing)];
        for (var i = 0; i < samples; i++)
        {
            var share = random.NextDouble();
            yield return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < share)];
        }
    }

    // Each block; of many, the last (the slot), the first and some in between.
    private IEnumerable<int> MissingOnes(Random random, int most)
    {
        if (_blocks.Count <= most) return Enumerable.Range(0, _blocks.Count);
        return [_blocks.Count - 1, 0, .. Enumerable.Range(0, most / 4).Select(_ => random.Next(1, _blocks.Count - 1))];
    }

    private DiskImage Image(bool[] chosen, long length, bool isCut = false)
    {
        var image = _durable.Clone();
        for (var i = 0; i <= chosen.Length; i++)
        {
            if (isCut) Cut(image, i);
            if (i < chosen.Length && chosen[i]) image.Put(_blocks[i].Offset, _blocks[i].Content);
        }

        if (image.Length < length) image.SetLength(length);
        return image;
    }

    private void Cut(DiskImage image, int place)
    {
        foreach (var cut in _cuts)
        {
            if (cut.Place == place && cut.Length < image.Length) image.SetLength(cut.Length);
        }
    }

    // One block is torn at a sector, its missing part old, zero, ones or noise; most of the others arrive.
    private DiskImage Torn(Random random)
    {
        var torn = random.Next(3) == 0 ? _blocks.Count - 1 : random.Next(_blocks.Count);
        var isCut = _cuts.Count > 0 && random.Next(2) == 0;
        var image = Image([.. Enumerable.Range(0, _blocks.Count).Select(block => block != torn && random.Next(4) != 0)], isCut ? _lengthWhenCut : _length, isCut);
        var offset = _blocks[torn].Offset;
        var content = _blocks[torn].Content ?? new byte[DiskImage.BlockSize];
        var cut = random.Next((content.Length / SectorSize) + 1) * SectorSize;
        var (kept, lost) = random.Next(2) == 0 ? (0..cut, cut..content.Length) : (cut..content.Length, 0..cut);
        image.Write(offset + kept.Start.Value, content.AsSpan(kept));
        var hole = new byte[lost.End.Value - lost.Start.Value];
        switch (random.Next(4))
        {
            case 0: break;
            case 1: hole.AsSpan().Fill(0xFF); break;
            case 2: random.NextBytes(hole); break;
            default: return image; // the old content
        }

        image.Write(offset + lost.Start.Value, hole);
        return image;
    }
}
