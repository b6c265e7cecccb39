namespace ModelVault.Storage.Simulation;

/// <summary>
/// The states in which a power failure can leave a disk: what was flushed, and of what was not, any blocks in any combination,
/// some of them torn.
/// </summary>
public sealed class CrashImages
{
    private const int BlockSize = 4096;
    private const int SectorSize = 512;

    private readonly byte[] _durable;
    private readonly long _length;
    private readonly List<(long Offset, byte[] Content)> _blocks;

    internal CrashImages(byte[] durable, IReadOnlyList<PendingWrite> pending)
    {
        _durable = durable;
        _length = durable.Length;
        _blocks = [];
        foreach (var write in pending)
        {
            if (write.NewLength >= 0)
            {
                _length = Math.Max(_length, write.NewLength);
                continue;
            }

            _length = Math.Max(_length, write.Offset + write.Content.Length);
            for (var at = 0; at < write.Content.Length; at += BlockSize)
                AddBlock(write.Offset + at, write.Content[at..Math.Min(at + BlockSize, write.Content.Length)]);
        }
    }

    /// <summary>How many blocks were written and not flushed.</summary>
    public int UnsyncedBlocks => _blocks.Count;

    /// <summary>
    /// Images to open: every subset of the unsynced blocks when there are at most <paramref name="enumerated"/>, else none,
    /// all, each prefix and suffix by doubling steps, some all-but-ones and random subsets; and images with one torn block.
    /// </summary>
    /// <param name="seed">Decides the random choices.</param>
    /// <param name="samples">How many random subsets and torn images there are, at most, of each.</param>
    /// <param name="enumerated">Up to how many blocks every subset is given.</param>
    public IEnumerable<byte[]> Enumerate(int seed, int samples = 16, int enumerated = 12)
    {
        var random = new Random(seed);
        foreach (var chosen in Subsets(random, samples, enumerated)) yield return Image(chosen, _length);
        // The same with a length that did not reach the disk.
        if (_length > _durable.Length && _blocks.Count > 0) yield return Image([.. _blocks.Select(_ => random.Next(2) == 0)], _durable.Length);
        if (_blocks.Count == 0) yield break;
        for (var i = 0; i < samples; i++) yield return Torn(random);
    }

    // Zeros beyond the durable end read the same whether they were written or the file only became longer. And a block that is
    // written over with the bytes it holds keeps them, whenever the power fails: an assumption that recovery makes (it writes
    // the last commit's pages once more), stated in docs/file-format.md.
    private void AddBlock(long offset, byte[] content)
    {
        var isBeyondEnd = offset >= _durable.Length;
        var isSame = isBeyondEnd
            ? !content.AsSpan().ContainsAnyExcept((byte)0)
            : offset + content.Length <= _durable.Length && _durable.AsSpan((int)offset, content.Length).SequenceEqual(content);
        if (!isSame) _blocks.Add((offset, content));
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
        for (var length = 1; length < count; length *= 2)
        {
            var prefix = length;
            yield return [.. Enumerable.Range(0, count).Select(block => block < prefix)];
            yield return [.. Enumerable.Range(0, count).Select(block => block >= count - prefix)];
        }

        for (var i = 0; i < samples; i++)
        {
            var missing = i == 0 ? count - 1 : random.Next(count);
            yield return [.. Enumerable.Range(0, count).Select(block => block != missing)];
            var share = random.NextDouble();
            yield return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < share)];
        }
    }

    private byte[] Image(bool[] chosen, long length)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i]) length = Math.Max(length, _blocks[i].Offset + _blocks[i].Content.Length);
        }

        var image = new byte[length];
        _durable.CopyTo(image, 0);
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i]) _blocks[i].Content.CopyTo(image, _blocks[i].Offset);
        }

        return image;
    }

    // One block is torn at a sector, its missing part old, zero, ones or noise; most of the others arrive.
    private byte[] Torn(Random random)
    {
        var torn = random.Next(3) == 0 ? _blocks.Count - 1 : random.Next(_blocks.Count);
        var image = Image([.. Enumerable.Range(0, _blocks.Count).Select(block => block != torn && random.Next(4) != 0)], _length);
        var (offset, content) = _blocks[torn];
        var cut = random.Next(content.Length / SectorSize + 1) * SectorSize;
        var (kept, lost) = random.Next(2) == 0 ? (0..cut, cut..content.Length) : (cut..content.Length, 0..cut);
        content.AsSpan(kept).CopyTo(image.AsSpan((int)offset + kept.Start.Value));
        var hole = image.AsSpan((int)offset + lost.Start.Value, lost.End.Value - lost.Start.Value);
        switch (random.Next(4))
        {
            case 0: hole.Clear(); break;
            case 1: hole.Fill(0xFF); break;
            case 2: random.NextBytes(hole); break;
            default: break; // the old content
        }

        return image;
    }
}
