using System.Text;
using System.Text.Json;

namespace Wsp.Cli.Input;

/// <summary>Reads one line of JSON into nodes with columns.</summary>
internal static class NodeParser
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="error">What is wrong with it, with its column, when nothing is returned.</param>
    public static Node? Parse(string line, out (int Column, string Wrong, string Right) error)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        error = default;
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            Node node = ReadValue(ref reader, bytes);
            if (reader.Read())
                throw new JsonException("", null, 0, reader.TokenStartIndex);
            return node;
        }
        catch (DuplicateMemberException duplicate)
        {
            error = (duplicate.Column, $"\"{duplicate.Name}\" is given twice", "give it once");
        }
        catch (JsonException exception)
        {
            error = (ColumnOf(bytes, exception.BytePositionInLine ?? 0), $"this is not JSON: {Sentence(exception.Message)}", "one JSON object a line");
        }

        return null;
    }

    private static Node ReadValue(ref Utf8JsonReader reader, byte[] bytes)
    {
        int column = ColumnOf(bytes, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, bytes, column);
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadValue(ref reader, bytes));
                return new Node { Kind = NodeKind.List, Column = column, Items = items };
            case JsonTokenType.String:
                return new Node { Kind = NodeKind.Text, Column = column, Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new Node { Kind = NodeKind.Number, Column = column, Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True or JsonTokenType.False:
                return new Node { Kind = NodeKind.Bool, Column = column, Bool = reader.TokenType == JsonTokenType.True };
            default:
                return new Node { Kind = NodeKind.Null, Column = column };
        }
    }

    private static Node ReadObject(ref Utf8JsonReader reader, byte[] bytes, int column)
    {
        var members = new List<Node.Member>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            int at = ColumnOf(bytes, reader.TokenStartIndex);
            if (members.Any(member => member.Name == name))
                throw new DuplicateMemberException(name, at);
            reader.Read();
            members.Add(new(name, at, ReadValue(ref reader, bytes)));
        }

        return new Node { Kind = NodeKind.Object, Column = column, Members = members };
    }

    private static int ColumnOf(byte[] bytes, long at) => Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)Math.Clamp(at, 0, bytes.Length))) + 1;

    /// <summary>The library's message without the position at its end, which is told at its beginning here.</summary>
    private static string Sentence(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string text = position >= 0 ? message[..position] : message;
        return text.Length == 0 ? "something follows the object" : text.TrimEnd('.');
    }

    private sealed class DuplicateMemberException(string name, int column) : Exception
    {
        public string Name { get; } = name;

        public int Column { get; } = column;
    }
}
