using System.Reflection;
using Wsp.Specification;

namespace Wsp.Core.Tests.Specification;

/// <summary>docs/readings.md tells of every reading, every answer, and which profile gives it.</summary>
public class ReadingsDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "readings.md"));

    [Fact]
    public void Document_NamesEveryReadingAndAnswerWithTheProfilesThatGiveIt()
    {
        foreach (IGrouping<Type, PropertyInfo> reading in typeof(Readings).GetProperties().Where(property => property.PropertyType.IsEnum).GroupBy(property => property.PropertyType))
        {
            s_document.Should().Contain($"## {reading.Key.Name}");
            foreach (object answer in Enum.GetValues(reading.Key))
            {
                string[] profiles = [.. Profile.All.Where(profile => reading.All(property => property.GetValue(profile.Readings)!.Equals(answer))).Select(profile => profile.Name)];
                string marks = profiles.Length == 0 ? "" : $" ({string.Join(", ", profiles)})";
                s_document.Should().Contain($"- **{answer}**{marks}: ", "that is what {0} has", reading.Key.Name);
            }
        }
    }
}
