namespace Wsp.Cli.Reporting;

/// <summary>Finds what repeats in a sequence, so that thousands of steps of a transfer take a line or two.</summary>
internal static class Repeats
{
    private const int LongestPeriod = 6;
    private const int FewestRounds = 3;

    /// <summary>Splits a sequence into pieces that each repeat some number of times.</summary>
    /// <param name="shapes">What each element looks like.</param>
    /// <returns>Where each piece begins, how long one round of it is, and how many rounds there are.</returns>
    public static IEnumerable<(int Start, int Period, int Rounds)> Find(IReadOnlyList<string> shapes)
    {
        int at = 0;
        while (at < shapes.Count)
        {
            (int period, int rounds) = Best(shapes, at);
            yield return (at, period, rounds);
            at += period * rounds;
        }
    }

    private static (int Period, int Rounds) Best(IReadOnlyList<string> shapes, int at)
    {
        for (int period = 1; period <= LongestPeriod; period++)
        {
            int end = at + period;
            while (end < shapes.Count && shapes[end] == shapes[end - period])
                end++;
            int rounds = (end - at) / period;
            if (rounds >= FewestRounds)
                return (period, rounds);
        }

        return (1, 1);
    }
}
