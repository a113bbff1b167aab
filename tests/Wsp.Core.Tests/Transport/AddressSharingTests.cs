using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Wsp.Spi;
using Wsp.Transport;

namespace Wsp.Core.Tests.Transport;

public sealed class AddressSharingTests
{
    private const string Table = "second_bind_outcome_server2003_and_later_same_user";

    private static readonly SockAddr s_wildcard = SockAddr.Any(AddressFamily.InterNetwork).WithPort(80);
    private static readonly SockAddr s_specific = SockAddr.Loopback(80);
    private static readonly SockAddr s_wildcard6 = SockAddr.Any(AddressFamily.InterNetworkV6).WithPort(80);

    /// <summary>The cells of the table as the specification has it.</summary>
    public static TheoryData<string, string, string> Cells()
    {
        using Stream stream = typeof(ITransport).Assembly.GetManifestResourceStream("Wsp.Specification/spi/functions/WSPBind.json")!;
        using var document = JsonDocument.Parse(stream);
        JsonElement table = Find(document.RootElement) ?? throw new InvalidOperationException("The specification has no such table.");
        string[] columns = table.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!).ToArray();
        var cells = new TheoryData<string, string, string>();
        foreach (string[] row in table.GetProperty("rows").EnumerateArray().Select(r => r.EnumerateArray().Select(c => c.GetString()!).ToArray()))
        {
            for (int i = 1; i < row.Length; i++)
                cells.Add(row[0], columns[i], row[i]);
        }

        return cells;

        static JsonElement? Find(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object when element.TryGetProperty("name", out JsonElement name) && name.ValueEquals(Table) => element,
            JsonValueKind.Object => element.EnumerateObject().Select(p => Find(p.Value)).FirstOrDefault(found => found is not null),
            JsonValueKind.Array => element.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Decide_SameAddressAndPort_IsWhatTheSpecificationSays(string first, string second, string outcome) =>
        AddressSharing.Decide(Parse(first), Parse(second)).Should().Be(ErrorOf(outcome));

    [Fact]
    public void Cells_OfTheSpecification_AreSixBySix() => Cells().Should().HaveCount(36);

    [Fact]
    public void Decide_TwoSpecificHosts_AreFree()
    {
        var first = new BoundAddress(s_specific, false, true, false);
        AddressSharing.Decide(first, first with { Address = SockAddr.From(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 80)) }).Should().Be(WsaError.Success);
    }

    [Theory]
    [InlineData(true, "default wildcard", "OK")]
    [InlineData(true, "default specific", "OK")]
    [InlineData(true, "reuse wildcard", "OK")]
    [InlineData(false, "default wildcard", "OK")]
    [InlineData(false, "reuse wildcard", "OK")]
    public void Decide_IPv6WildcardFirst_CoversIPv4OnlyWhenDualStack(bool dualStack, string second, string outcome)
    {
        var first = new BoundAddress(s_wildcard6, false, false, dualStack);
        AddressSharing.Decide(first, Parse(second)).Should().Be(ErrorOf(outcome));
    }

    [Theory]
    [InlineData(true, "exclusive wildcard", "INUSE")]
    [InlineData(true, "exclusive specific", "OK")]
    [InlineData(false, "exclusive wildcard", "OK")]
    public void Decide_IPv6WildcardSecond_CoversIPv4OnlyWhenDualStack(bool dualStack, string first, string outcome)
    {
        var second = new BoundAddress(s_wildcard6, false, false, dualStack);
        AddressSharing.Decide(Parse(first), second).Should().Be(ErrorOf(outcome));
    }

    [Fact]
    public void Decide_MappedAddressOfDualStack_IsTheIPv4Address()
    {
        SockAddr mapped = SockAddr.From(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), 80));
        var first = new BoundAddress(mapped, false, false, true);
        AddressSharing.Decide(first, Parse("default specific")).Should().Be(WsaError.AddressAlreadyInUse);
        AddressSharing.Decide(first with { DualStack = false }, Parse("default specific")).Should().Be(WsaError.Success);
    }

    [Fact]
    public void Decide_ScopesThatDiffer_AreDifferentAddresses()
    {
        SockAddr link = SockAddr.From(new IPEndPoint(IPAddress.Parse("fe80::1"), 80));
        var first = new BoundAddress(link with { ScopeId = 1 }, false, false, false);
        AddressSharing.Decide(first, first with { Address = link with { ScopeId = 2 } }).Should().Be(WsaError.Success);
        AddressSharing.Decide(first, first with { Address = link }).Should().Be(WsaError.AddressAlreadyInUse);
    }

    internal static BoundAddress Parse(string cell)
    {
        string[] words = cell.Split(' ');
        return new(words[1] == "wildcard" ? s_wildcard : s_specific, words[0] == "reuse", words[0] == "exclusive", false);
    }

    internal static WsaError ErrorOf(string outcome) => outcome switch
    {
        "OK" => WsaError.Success,
        "INUSE" => WsaError.AddressAlreadyInUse,
        "ACCESS" => WsaError.AccessDenied,
        _ => throw new ArgumentException("No such outcome.", nameof(outcome)),
    };
}
