namespace Wsp.Core.Tests;

/// <summary>Where the repository is, seen from the test's own output folder.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Wsp.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Wsp.sln was not found above the test's folder.");
    }
}
