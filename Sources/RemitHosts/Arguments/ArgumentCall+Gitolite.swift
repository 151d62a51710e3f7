import RemitModel

extension ArgumentCall {
    /// What stands before the refex: ref, old, new, both again as trees, access.
    private static let wordsBeforeRefex = 6

    /// `<ref> <old> <new> <oldtree> <newtree> <access> <refex> [<argument> ...]`, as `check_vrefs` of gitolite's
    /// `update` hook gives them.
    ///
    /// The trees are the ids once more, with git's empty tree for none, and the access says what the ids say: neither
    /// is believed.
    init(gitolite words: [ByteString]) throws(InvocationError) {
        guard words.count > Self.wordsBeforeRefex else {
            throw InvocationError(
                .badArgument, "the arguments",
                "\(words.count) of them, and gitolite gives a virtual ref at least \(Self.wordsBeforeRefex + 1)")
        }
        let refex = try Argument("the refex", words[Self.wordsBeforeRefex])
        guard refex.value.starts(with: "VREF/") else {
            throw InvocationError(.badArgument, refex.name, "does not begin with VREF/: this is no virtual ref")
        }
        let ref = try Argument("the ref", words[0])
        let (old, new) = (try Argument("the old id", words[1]).id(), try Argument("the new id", words[2]).id())
        try Self.requireOne(old, new, "the new id")
        self.init(on: .gitolite, ref: ref.value, from: old, to: new)
    }

    static func requireOne(_ old: ObjectID, _ new: ObjectID, _ name: ByteString) throws(InvocationError) {
        guard old.isZero, new.isZero else { return }
        throw InvocationError(.badArgument, name, "from nothing to nothing")
    }
}
