using System.Reflection;
using System.Text.RegularExpressions;
using Wsp.Model;

namespace Wsp.Core.Tests.Architecture;

/// <summary>The house keeps its order: rooms look one way only, and what is public cannot be broken from outside.</summary>
public partial class RoomTests
{
    /// <summary>The rooms, each allowed to use those before it.</summary>
    private static readonly string[] s_order = ["Wsp.Specification", "Wsp.Spi", "Wsp.Model", "Wsp.Transport", "Wsp.Diagnostics", "Wsp.Provider"];

    private static readonly Assembly s_core = typeof(ProviderMachine).Assembly;

    [Fact]
    public void Rooms_UseOnlyRoomsBelowThem()
    {
        var wrong = new List<string>();
        foreach (string file in Sources())
        {
            string room = RoomOf(file);
            foreach (Match use in File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).SelectMany(line => RoomName().Matches(line)))
            {
                if (Array.IndexOf(s_order, "Wsp." + use.Groups[1].Value) > Array.IndexOf(s_order, room))
                    wrong.Add($"{Path.GetFileName(file)} in {room} uses {use.Value}");
            }
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void PublicClasses_AreSealedAbstractOrStatic() =>
        s_core.GetExportedTypes().Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Select(type => type.FullName).Should().BeEmpty();

    [Fact]
    public void ModelTypes_HaveNoPublicSetters() =>
        s_core.GetExportedTypes().Where(type => type.Namespace == "Wsp.Model")
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Should().BeEmpty();

    [Fact]
    public void PackageReferences_AreTheTwoThatWereAgreedOn()
    {
        string project = File.ReadAllText(Path.Combine(CoreFolder(), "Wsp.Core.csproj"));
        string[] packages = [.. project.Split('\n').Where(line => line.Contains("<PackageReference", StringComparison.Ordinal) && !line.Contains("PrivateAssets", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1])];
        packages.Should().BeEquivalentTo("System.IO.Pipelines", "Microsoft.Extensions.Logging");
    }

    /// <summary>A room named in code, by a using or in front of a type; a property that happens to be called like a room follows a dot or a bracket.</summary>
    [GeneratedRegex(@"(?:\busing Wsp\.|\bWsp\.|(?<![\w.""]))(Specification|Spi|Model|Transport|Diagnostics|Provider)(?:;|\.[A-Z])")]
    private static partial Regex RoomName();

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(CoreFolder(), "*.cs", SearchOption.AllDirectories).Where(file => s_order.Contains(RoomOf(file)));

    private static string RoomOf(string file) => "Wsp." + Path.GetRelativePath(CoreFolder(), file).Split(Path.DirectorySeparatorChar)[0];

    private static string CoreFolder() => Path.Combine(RepositoryRoot.Path, "src", "Wsp.Core");
}
