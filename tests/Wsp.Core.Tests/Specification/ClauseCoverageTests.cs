using System.Reflection;
using System.Text.RegularExpressions;
using Wsp.Specification;

namespace Wsp.Core.Tests.Specification;

/// <summary>Citations hold: every clause named in code or tests exists, and every clause of the two lifecycle pages that binds the provider has a test.</summary>
public partial class ClauseCoverageTests
{
    /// <summary>Clauses of WSPStartup and WSPCleanup that do not bind a base provider, each with the reason.</summary>
    private static readonly Dictionary<string, string> s_notOurs = new()
    {
        ["CLEANUP-01"] = "an obligation of the client",
        ["CLEANUP-02"] = "an obligation of the client",
        ["CLEANUP-04"] = "a freedom of the client",
        ["CLEANUP-05"] = "an obligation of the client",
        ["CLEANUP-06"] = "about the callers",
        ["CLEANUP-37"] = "done by the Winsock DLL",
        ["CLEANUP-38"] = "advice to the client",
        ["CLEANUP-43"] = "API level; the provider's side is CLEANUP-42",
        ["CLEANUP-44"] = "API level; the provider's side is CLEANUP-09",
        ["CLEANUP-45"] = "API level; excluded by CLEANUP-24",
        ["CLEANUP-46"] = "advice to applications",
        ["CLEANUP-47"] = "API level; the provider's side is CLEANUP-30",
        ["CLEANUP-48"] = "about name-space providers",
        ["CLEANUP-49"] = "advice to applications",
        ["CLEANUP-50"] = "advice to applications",
        ["CLEANUP-51"] = "about editions of the page",
        ["CLEANUP-52"] = "done by the Winsock DLL",
        ["CLEANUP-53"] = "done by the Winsock DLL",
        ["CLEANUP-54"] = "about tasks of 16-bit Windows",
        ["STARTUP-01"] = "an obligation of the client",
        ["STARTUP-03"] = "about exports of a DLL",
        ["STARTUP-05"] = "done by the Winsock DLL",
        ["STARTUP-06"] = "done by the Winsock DLL",
        ["STARTUP-07"] = "done by the Winsock DLL",
        ["STARTUP-20"] = "about what the provider may assume",
        ["STARTUP-21"] = "advice to the client",
        ["STARTUP-24"] = "an obligation of the client",
        ["STARTUP-28"] = "an obligation of the client",
        ["STARTUP-29"] = "a freedom of the client",
        ["STARTUP-30"] = "a freedom of the client",
        ["STARTUP-36"] = "binds layered providers",
        ["STARTUP-37"] = "about what the description is for",
        ["STARTUP-38"] = "binds layered providers",
        ["STARTUP-39"] = "binds layered providers",
        ["STARTUP-40"] = "binds layered providers",
        ["STARTUP-41"] = "about chains",
        ["STARTUP-42"] = "a freedom of layered providers",
        ["STARTUP-43"] = "binds layered providers",
        ["STARTUP-44"] = "a freedom of layered providers",
        ["STARTUP-45"] = "binds layered providers",
        ["STARTUP-46"] = "an obligation of the client",
        ["STARTUP-48"] = "about the DLL",
        ["STARTUP-49"] = "advice to the client",
        ["STARTUP-50"] = "advice to the client",
        ["STARTUP-51"] = "about 16-bit Windows",
        ["STARTUP-52"] = "about 16-bit Windows",
        ["STARTUP-53"] = "the provider has no service threads",
        ["STARTUP-54"] = "the provider has no service threads",
        ["STARTUP-55"] = "about 16-bit Windows",
        ["STARTUP-57"] = "API level",
        ["STARTUP-58"] = "advice to applications",
        ["STARTUP-59"] = "done by the Winsock DLL",
        ["STARTUP-60"] = "done by the Winsock DLL",
        ["STARTUP-61"] = "about file names",
    };

    [Fact]
    public void Catalog_HoldsTheWholeSpecification()
    {
        ClauseCatalog.All.Should().HaveCountGreaterThan(1_400);
        ClauseCatalog.All.Select(clause => clause.Id).Should().OnlyHaveUniqueItems();
        ClauseCatalog.Find("CLEANUP-17")!.Level.Should().Be(ClauseLevel.MustNot);
        ClauseCatalog.Find("CLEANUP-17")!.Function.Should().Be("WSPCleanup");
        ClauseCatalog.Find("CLEANUP-999").Should().BeNull();
    }

    [Fact]
    public void LifecyclePages_EveryClauseThatBindsTheProvider_IsCitedByATest()
    {
        HashSet<string> cited = CitedByTests();
        ClauseCatalog.All.Where(clause => clause.Function is "WSPStartup" or "WSPCleanup")
            .Select(clause => clause.Id)
            .Where(id => !cited.Contains(id) && !s_notOurs.ContainsKey(id))
            .Should().BeEmpty();
    }

    [Fact]
    public void NotOurs_NamesOnlyClausesThatExistAndAreNotCited()
    {
        s_notOurs.Keys.Should().OnlyContain(id => ClauseCatalog.Find(id) != null);
        s_notOurs.Keys.Intersect(CitedByTests()).Should().BeEmpty();
    }

    [Fact]
    public void Tests_CiteOnlyClausesThatExist() => CitedByTests().Where(id => !Exists(id)).Should().BeEmpty();

    [Fact]
    public void Rules_CiteOnlyClausesThatExist()
    {
        IEnumerable<Rule> rules = typeof(Rule).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Rule))
            .Select(field => (Rule)field.GetValue(null)!);
        rules.SelectMany(rule => rule.Clauses.Select(id => (rule.Text, Id: id)))
            .Where(item => !Exists(item.Id))
            .Should().BeEmpty();
    }

    private static HashSet<string> CitedByTests() =>
    [
        .. typeof(ClauseCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(TraitAttribute) && (string)attribute.ConstructorArguments[0].Value! == "Clause")
            .Select(attribute => (string)attribute.ConstructorArguments[1].Value!),
    ];

    /// <summary>A clause, an ambiguity, an error row of a page, or a page as a whole.</summary>
    private static bool Exists(string id)
    {
        if (ClauseCatalog.Find(id) is not null || ClauseCatalog.All.Any(clause => clause.Function == id))
            return true;
        string folder = Path.Combine(RepositoryRoot.Path, "src", "Wsp.Core", "Specification", "Data", "spi", "functions");
        if (ErrorRow().Match(id) is { Success: true } row)
        {
            string page = Path.Combine(folder, row.Groups[1].Value + ".json");
            return File.Exists(page) && File.ReadAllText(page).Contains($"\"{row.Groups[2].Value}\"", StringComparison.Ordinal);
        }

        return id.Contains("-AMB-", StringComparison.Ordinal) && Directory.EnumerateFiles(folder).Any(file => File.ReadAllText(file).Contains(id + ":", StringComparison.Ordinal));
    }

    [GeneratedRegex("^(WSP[A-Za-z]+)#errors/([A-Z_]+)$")]
    private static partial Regex ErrorRow();
}
