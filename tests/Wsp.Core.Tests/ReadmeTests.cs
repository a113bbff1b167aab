namespace Wsp.Core.Tests;

/// <summary>The README shows code that is compiled, word for word.</summary>
public class ReadmeTests
{
    [Theory]
    [InlineData("PureModel")]
    [InlineData("LiveProvider")]
    public void Snippets_AreTheSamples(string sample)
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        string code = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "samples", sample, "Program.cs"));
        readme.Should().Contain("```csharp\n" + code + "```");
    }
}
