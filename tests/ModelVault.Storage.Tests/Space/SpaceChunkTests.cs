namespace ModelVault.Storage.Tests.Space;

public sealed class SpaceChunkTests
{
    [Fact]
    public void The_run_that_is_found_is_the_first_that_is_long_enough_or_else_the_longest_and_no_run_is_longer_than_the_bound()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 40 * TestScale.Factor; round++)
        {
            var chunk = new SpaceChunk();
            var isReusable = new bool[SpaceChunk.PageCount];
            for (var step = 0; step < 60; step++)
            {
                // Mostly small holes; now and then one across words, or the ends of the chunk.
                for (var i = 0; i < 40; i++) Change(chunk, isReusable, random);
                var wanted = random.Next(4) == 0 ? random.Next(1, 400) : random.Next(1, 40);
                var from = random.Next(3) == 0 ? 0 : random.Next(SpaceChunk.PageCount);
                var expected = Expected(isReusable, wanted, from);
                var found = chunk.FindRun(wanted, from);
                Assert.True(found.Length == expected.Length && (found.Length == 0 || found.Start == expected.Start), $"seed {seed}: {found} is not {expected}, wanted {wanted} from {from}");
                var longest = Expected(isReusable, SpaceChunk.PageCount, 0).Length;
                Assert.True(longest <= chunk.LongestRunBound, $"seed {seed}: the bound is {chunk.LongestRunBound}, and a run has {longest}");
            }
        }
    }

    private static void Change(SpaceChunk chunk, bool[] isReusable, Random random)
    {
        var length = random.Next(30) == 0 ? random.Next(1, 300) : random.Next(1, 12);
        var start = random.Next(20) == 0 ? (random.Next(2) == 0 ? 0 : SpaceChunk.PageCount - length) : random.Next(SpaceChunk.PageCount - length);
        if (random.Next(2) == 0)
        {
            chunk.Take(start, length);
            isReusable.AsSpan(start, length).Clear();
            return;
        }

        chunk.Take(start, length);
        chunk.Free(start, length);
        chunk.Release(start, length);
        isReusable.AsSpan(start, length).Fill(true);
    }

    // Looks from the page on first, where a run may begin in its middle, and then before it.
    private static (int Start, int Length) Expected(bool[] isReusable, int wanted, int from)
    {
        (int Start, int Length) longestBehind = (0, 0), longestBefore = (0, 0);
        if (Search(from, SpaceChunk.PageCount, ref longestBehind) || !Search(0, from, ref longestBefore) && longestBefore.Length <= longestBehind.Length) return longestBehind;
        return longestBefore;

        bool Search(int first, int end, ref (int Start, int Length) best)
        {
            for (var at = first; at < end; at++)
            {
                var length = 0;
                while (at + length < SpaceChunk.PageCount && isReusable[at + length]) length++;
                if (length > best.Length) best = (at, length);
                if (best.Length >= wanted) return true;
                at += length;
            }

            return false;
        }
    }
}
