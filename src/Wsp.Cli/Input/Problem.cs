namespace Wsp.Cli.Input;

/// <summary>Something wrong with the input: where it is, what is wrong, and what would be right.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; zero for the file as a whole.</param>
/// <param name="Column">The column in characters, from 1.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Right">What would be right.</param>
internal sealed record Problem(string File, int Line, int Column, string Wrong, string Right)
{
    public override string ToString() => Line == 0 ? $"{File}: {Wrong}; {Right}" : $"{File}:{Line}:{Column}: {Wrong}; {Right}";
}
