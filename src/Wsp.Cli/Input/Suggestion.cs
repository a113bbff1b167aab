namespace Wsp.Cli.Input;

/// <summary>Guesses what was meant by a name that does not exist.</summary>
internal static class Suggestion
{
    private const int MostNamesListed = 12;

    /// <summary>Says what would be right in place of a wrong name.</summary>
    public static string For(string wrong, IReadOnlyCollection<string> known)
    {
        string? nearest = Nearest(wrong, known);
        if (nearest is not null)
            return $"did you mean \"{nearest}\"?";
        return known.Count is 0 ? "nothing is known here"
            : known.Count <= MostNamesListed ? $"known here: {string.Join(", ", known)}"
            : "docs/scenarios.md lists the known ones";
    }

    private static string? Nearest(string wrong, IEnumerable<string> known)
    {
        (string? name, int distance) = (null, Math.Max(2, wrong.Length / 3) + 1);
        foreach (string candidate in known)
        {
            int d = Distance(wrong.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (d < distance)
                (name, distance) = (candidate, d);
        }

        return name;
    }

    /// <summary>How many letters have to be changed, added, left out or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
