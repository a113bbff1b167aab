namespace Wsp.Model.Tables;

/// <summary>
/// Ownership of freshly copied parts during one transition. A part that carries the token of the transition at work was made by it, is reachable
/// from nowhere else and may be changed in place; everything else is copied first. When the transition is done nobody holds the token any more,
/// and what it owned is frozen.
/// </summary>
internal sealed class EditToken;
