using System.Collections.Immutable;
using Wsp.Model;
using Wsp.Specification;
using Wsp.Spi;
using Input = Wsp.Model.ProviderInput;

namespace Wsp.Core.Tests.Model;

/// <summary>The WSPStartup page, clause by clause, on the pure model.</summary>
public class StartupTests
{
    /// <summary>The rows of the negotiation table: supported by the provider, requested, agreed (empty: refused).</summary>
    public static TheoryData<string, string, string> Negotiations => new()
    {
        { "1.1", "1.1", "1.1" },
        { "1.0", "1.1", "1.0" },
        { "1.0 1.1", "1.0", "1.0" },
        { "1.0 1.1", "1.1", "1.1" },
        { "1.1", "1.0", "" },
        { "1.1", "2.0", "1.1" },
        { "2.0", "2.0", "2.0" },
        { "2.2", "2.2", "2.2" },
        { "2.2", "2.1", "" },
        { "2.2", "1.1", "" },
        { "2.2", "2.255", "2.2" },
        { "2.2", "3.0", "2.2" },
        { "1.0 1.1 2.0 2.1 2.2", "2.0", "2.0" },
        { "1.0 1.1 2.0 2.1 2.2", "1.1", "1.1" },
        { "1.0 1.1 2.0 2.1 2.2", "0.9", "" },
    };

    [Theory]
    [MemberData(nameof(Negotiations))]
    [Trait("Clause", "STARTUP-08")]
    [Trait("Clause", "STARTUP-09")]
    [Trait("Clause", "STARTUP-10")]
    [Trait("Clause", "STARTUP-11")]
    [Trait("Clause", "STARTUP-12")]
    [Trait("Clause", "STARTUP-13")]
    [Trait("Clause", "STARTUP-14")]
    [Trait("Clause", "STARTUP-15")]
    [Trait("Clause", "STARTUP-16")]
    [Trait("Clause", "STARTUP-17")]
    [Trait("Clause", "STARTUP-18")]
    [Trait("Clause", "STARTUP-19")]
    public void NotInitialized_Startup_AgreesOnTheVersionOfTheTable(string supported, string requested, string agreed)
    {
        ImmutableArray<WspVersion> versions = [.. supported.Split(' ').Select(Version)];
        Given given = Given.NotInitialized(new ModelSettings { SupportedVersions = versions });

        CallResult result = given.Apply(new Input.Startup { Thread = Given.Main, Version = Version(requested) }).Result;

        if (agreed.Length == 0)
        {
            result.Error.Should().Be(WsaError.VersionNotSupported);
            result.Detail.Should().BeNull();
            given.State.Started.Should().BeFalse();
            return;
        }

        result.Error.Should().Be(WsaError.Success);
        result.Detail.Should().Be(new NegotiatedVersions(Version(agreed), versions[^1]));
    }

    [Theory]
    [InlineData(VersionGap.Formula, "1.5", "1.5")]
    [InlineData(VersionGap.NearestBelow, "1.5", "1.1")]
    public void NotInitialized_VersionInAGap_IsAnsweredByTheReading(VersionGap reading, string requested, string agreed)
    {
        Given given = Given.NotInitialized(new Readings { VersionGap = reading });
        CallResult result = given.Apply(new Input.Startup { Thread = Given.Main, Version = Version(requested) }).Result;
        ((NegotiatedVersions)result.Detail!).Version.Should().Be(Version(agreed));
    }

    [Fact]
    [Trait("Clause", "STARTUP-08")]
    [Trait("Clause", "STARTUP-09")]
    public void Version_NativeWord_KeepsTheMajorNumberLow()
    {
        WspVersion.V2_2.Word.Should().Be(0x0202);
        new WspVersion(2, 0).Word.Should().Be(0x0002);
        new WspVersion(1, 1).Word.Should().Be(0x0101);
        WspVersion.FromWord(0x0101).Should().Be(new WspVersion(1, 1));
        (new WspVersion(2, 0) > new WspVersion(1, 1)).Should().BeTrue();
        (new WspVersion(1, 1) <= new WspVersion(1, 1)).Should().BeTrue();
        (new WspVersion(1, 2) < new WspVersion(1, 10)).Should().BeTrue();
        (new WspVersion(1, 2) >= new WspVersion(1, 10)).Should().BeFalse();
    }

    [Fact]
    [Trait("Clause", "STARTUP-22")]
    [Trait("Clause", "STARTUP-26")]
    [Trait("Clause", "STARTUP-27")]
    [Trait("Clause", "STARTUP-31")]
    public void Running_StartupsOfSeveralVersions_AddOneReferenceEach()
    {
        Given given = Given.Running();
        given.Apply(new Input.Startup { Thread = Given.Main, Version = new WspVersion(1, 1) });
        given.Apply(new Input.Startup { Thread = Given.Other, Version = new WspVersion(2, 0) });

        given.State.References.Select(reference => reference.Version).Should().Equal(WspVersion.V2_2, new WspVersion(1, 1), new WspVersion(2, 0));
        given.State.Generation.Should().Be(1);
        given.Cleanup();
        given.Cleanup();
        given.State.Phase.Should().Be(ProviderPhase.Running);
    }

    [Fact]
    [Trait("Clause", "STARTUP-32")]
    [Trait("Clause", "STARTUP-33")]
    public void Running_SeveralStartups_TheNewestUpcallTableIsInForceUntilTheEnd()
    {
        Given given = Given.NotInitialized();
        given.Apply(new Input.Startup { Thread = Given.Main, UpcallTable = 10 });
        given.Apply(new Input.Startup { Thread = Given.Main, UpcallTable = 20 });
        given.State.UpcallTable.Should().Be(20);

        given.Error(new Input.Startup { Thread = Given.Main, UpcallTable = 30, Version = new WspVersion(0, 1) }).Should().Be(WsaError.VersionNotSupported);
        given.State.UpcallTable.Should().Be(20, "a startup that fails changes nothing");
        given.Cleanup();
        given.State.UpcallTable.Should().Be(20, "tables are not stacked");
        given.RunCleanup();
        given.State.UpcallTable.Should().Be(0);
    }

    [Theory]
    [InlineData(WsaError.Fault)]
    [InlineData(WsaError.VersionNotSupported)]
    [InlineData(WsaError.SystemNotReady)]
    [InlineData(WsaError.ProcessLimit)]
    [InlineData(WsaError.InProgress)]
    [Trait("Clause", "STARTUP-23")]
    [Trait("Clause", "STARTUP-56")]
    [Trait("Clause", "WSPStartup#errors/WSAEFAULT")]
    [Trait("Clause", "WSPStartup#errors/WSAVERNOTSUPPORTED")]
    [Trait("Clause", "WSPStartup#errors/WSASYSNOTREADY")]
    [Trait("Clause", "WSPStartup#errors/WSAEPROCLIM")]
    [Trait("Clause", "WSPStartup#errors/WSAEINPROGRESS")]
    public void Running_StartupThatFails_ChangesNothing(WsaError expected)
    {
        Given given = Given.Running(settings: new ModelSettings { MaxReferences = expected == WsaError.ProcessLimit ? 1 : 5 });
        if (expected == WsaError.SystemNotReady)
            given.Apply(new Input.NetworkDown());
        string before = StateText.Of(given.State);

        Transition failed = given.Apply(new Input.Startup
        {
            Thread = Given.Main,
            HasPointers = expected != WsaError.Fault,
            Version = expected == WsaError.VersionNotSupported ? new WspVersion(0, 1) : WspVersion.V2_2,
            LegacyCallInProgress = expected == WsaError.InProgress,
        });

        failed.Result.Error.Should().Be(expected);
        failed.Effects.Should().BeEmpty();
        StateText.Of(given.State).Should().Be(before);
    }

    [Theory]
    [InlineData(StartupChecks.PointersFirst, WsaError.Fault)]
    [InlineData(StartupChecks.VersionFirst, WsaError.VersionNotSupported)]
    public void NotInitialized_BadPointersAndBadVersion_AreCheckedInTheOrderOfTheReading(StartupChecks reading, WsaError expected)
    {
        Given given = Given.NotInitialized(new Readings { StartupChecks = reading });
        given.Error(new Input.Startup { Thread = Given.Main, HasPointers = false, Version = new WspVersion(0, 1) }).Should().Be(expected);
    }

    [Fact]
    [Trait("Clause", "STARTUP-47")]
    public void StartAndStop_ManyTimes_NeverRunsOutOfAnything()
    {
        Given given = Given.NotInitialized();
        for (int i = 0; i < 500; i++)
        {
            given.Error(new Input.Startup { Thread = Given.Main }).Should().Be(WsaError.Success);
            given.Stream();
            given.RunCleanup();
        }

        given.State.Generation.Should().Be(500);
        given.State.Unloadable.Should().BeTrue();
    }

    private static WspVersion Version(string text)
    {
        string[] parts = text.Split('.');
        return new(byte.Parse(parts[0]), byte.Parse(parts[1]));
    }
}
