using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Wsp.Specification;

/// <summary>How strongly a clause speaks.</summary>
public enum ClauseLevel
{
    /// <summary>Something that is so.</summary>
    Fact,

    /// <summary>Something that may be.</summary>
    May,

    /// <summary>Advice.</summary>
    Should,

    /// <summary>An obligation.</summary>
    Must,

    /// <summary>A prohibition; the text states what does not happen.</summary>
    MustNot,
}

/// <summary>One testable statement of the documentation, in this project's own words.</summary>
/// <param name="Id">The id, for instance <c>CLEANUP-17</c>; ids are never used again for something else.</param>
/// <param name="Function">The function whose page it belongs to, for instance <c>WSPCleanup</c>.</param>
/// <param name="Level">How strongly it speaks.</param>
/// <param name="Text">The statement.</param>
/// <param name="Source">The page it was taken from.</param>
public sealed record Clause(string Id, string Function, ClauseLevel Level, string Text, string Source);

/// <summary>The clauses of the specification, read from the package's own data when first asked for.</summary>
/// <threadsafety>Safe for use from any thread.</threadsafety>
public static class ClauseCatalog
{
    private const string Prefix = "Wsp.Specification/spi/";
    private static readonly Lazy<ImmutableArray<Clause>> s_all = new(Load);
    private static readonly Lazy<FrozenDictionary<string, Clause>> s_byId = new(() => s_all.Value.ToFrozenDictionary(clause => clause.Id, StringComparer.Ordinal));

    /// <summary>All clauses, by function and in the order of the data.</summary>
    public static ImmutableArray<Clause> All => s_all.Value;

    /// <summary>Finds a clause.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The clause, or null.</returns>
    public static Clause? Find(string id) => s_byId.Value.GetValueOrDefault(id);

    private static ImmutableArray<Clause> Load()
    {
        Assembly assembly = typeof(ClauseCatalog).Assembly;
        ImmutableArray<Clause>.Builder clauses = ImmutableArray.CreateBuilder<Clause>();
        foreach (string resource in assembly.GetManifestResourceNames().Where(IsPage).Order(StringComparer.Ordinal))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            using JsonDocument page = JsonDocument.Parse(stream);
            string function = page.RootElement.GetProperty("function").GetString()!;
            foreach (JsonElement clause in page.RootElement.GetProperty("clauses").EnumerateArray())
                clauses.Add(Read(function, clause));
        }

        return clauses.ToImmutable();
    }

    private static bool IsPage(string resource) =>
        resource.Replace('\\', '/') is var name && (name.StartsWith(Prefix + "functions/", StringComparison.Ordinal) || name.StartsWith(Prefix + "upcalls/", StringComparison.Ordinal));

    private static Clause Read(string function, JsonElement clause)
    {
        ClauseLevel level = clause.GetProperty("level").GetString() switch
        {
            "must" => ClauseLevel.Must,
            "must-not" => ClauseLevel.MustNot,
            "should" => ClauseLevel.Should,
            "may" => ClauseLevel.May,
            _ => ClauseLevel.Fact,
        };
        string source = clause.TryGetProperty("source", out JsonElement text) ? text.GetString() ?? "" : "";
        return new(clause.GetProperty("id").GetString()!, function, level, clause.GetProperty("text").GetString()!, source);
    }
}
