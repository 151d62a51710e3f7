/// The hooks that are told in arguments what git tells its own on standard input.
package enum ArgumentHook: String, Hashable, Sendable, CaseIterable {
    /// A "virtual ref" of gitolite: a program that its `update` hook asks about one ref.
    case virtualRef = "vref"
    /// Gerrit's hooks plugin: a ref is about to move, by a push or in the browser.
    case refUpdate = "ref-update"
    /// Gerrit's hooks plugin: a commit has come in, for review or not.
    case commitReceived = "commit-received"
    /// Gerrit's hooks plugin: a reviewed change is about to be brought to its branch.
    case submit = "submit"
}
