import RemitModel

// What Gerrit's hooks plugin gives its three hooks that may refuse (plugins_hooks, RefUpdate.java, CommitReceived.java,
// Submit.java). Display names are the user's own choice, a change's number says nothing of what is in it: both are
// let be.
extension ArgumentCall {
    /// `ref-update`: a push past review, or a branch or tag made or deleted in the browser.
    init(updateOfGerrit words: [ByteString]) throws(InvocationError) {
        let options = try OptionPairs(
            words, needed: ["--project", "--refname", "--uploader-username", "--oldrev", "--newrev"],
            ignored: ["--uploader"])
        let ref = try options.value("--refname").ref()
        let (old, new) = (try options.value("--oldrev").id(), try options.value("--newrev").id())
        try Self.requireOne(old, new, "--newrev")
        self.init(on: .gerrit, ref: ref, from: old, to: new)
        try take(options, account: "--uploader-username")
    }

    /// `commit-received`: called for each commit by itself; `--oldrev` is its first parent, not where the branch stands.
    ///
    /// A commit that was pushed to the branch itself is part of what `ref-update` judges as a whole.
    init(commitOfGerrit words: [ByteString]) throws(InvocationError) {
        let options = try OptionPairs(
            words, needed: ["--project", "--refname", "--uploader-username", "--oldrev", "--newrev", "--cmdref"],
            ignored: ["--uploader"])
        let branch = try options.value("--refname").ref()
        let command = try options.value("--cmdref")
        let (old, new) = (try options.value("--oldrev").id(), try options.value("--newrev").id())
        guard !new.isZero else { throw InvocationError(.badArgument, "--newrev", "no commit") }
        self.init(.proposal, on: .gerrit, ref: Self.reviewRef(of: branch), from: old, to: new)
        isOthers = command.value == branch
        isServersOwn = command.value.starts(with: "refs/changes/")
        try take(options, account: "--uploader-username")
    }

    /// `submit`: the commit of a change, on its way to a branch.
    init(submissionOfGerrit words: [ByteString]) throws(InvocationError) {
        let options = try OptionPairs(
            words, needed: ["--project", "--branch", "--submitter-username", "--commit"],
            ignored: ["--change", "--patchset", "--submitter"])
        let branch = try options.value("--branch").ref()
        let commit = try options.value("--commit").id()
        guard !commit.isZero else { throw InvocationError(.badArgument, "--commit", "no commit") }
        self.init(.submission, on: .gerrit, ref: branch, from: nil, to: commit)
        try take(options, account: "--submitter-username")
    }

    /// Who is behind it; the account has no name where Gerrit's administrators gave it none.
    private mutating func take(_ options: OptionPairs, account: ByteString) throws(InvocationError) {
        let project = try options.value("--project", atMost: Invocation.maximumWordByteCount)
        guard !project.value.isEmpty else { throw InvocationError(.badArgument, project.name, "is empty") }
        self.project = project.value
        let login = try options.value(account, atMost: Invocation.maximumLoginByteCount).value
        guard !login.isEmpty else { return }
        let name = String(decoding: account.bytes, as: UTF8.self)
        pusher = Pusher(login: login, vouchedBy: "\(name) of \(HostKind.gerrit.rawValue)")
    }

    /// Where commits for a branch are pushed to for review: `refs/for/main` for `refs/heads/main`.
    private static func reviewRef(of branch: ByteString) -> ByteString {
        let heads = "refs/heads/"
        let name = branch.starts(with: heads) ? branch.bytes.dropFirst(heads.utf8.count) : branch.bytes[...]
        return ByteString(Array("refs/for/".utf8) + name)
    }
}
