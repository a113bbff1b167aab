using Wsp.Cli.Running;

namespace Wsp.Cli.Reporting;

/// <summary>Writes results.</summary>
internal interface IReport
{
    /// <summary>A case has ended.</summary>
    void Add(CaseResult result);

    /// <summary>All cases have ended.</summary>
    void Finish(Summary summary);
}
