import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct RefOperationTests {
    static func lacking(_ operation: RemitModel.Operation) -> Finding.Facts {
        .delegation(
            operation: operation, granted: ["file.create", "file.modify", "ref.create", "ref.update"])
    }

    static let rewinding = delegated(grants: [grant(["refs/heads/**"], [.refRewind, .refDelete])])
    static let tagging = delegated(grants: [grant(["refs/tags/**"], [.tagCreate])])

    static func grant(_ refs: [String], _ operations: Set<RemitModel.Operation>) -> Grant {
        RemitRulesTests.grant(refs: refs, operations)
    }

    @Test(arguments: [
        UpdateRow("granted", update(), after: [work()]),
        UpdateRow("creation granted", update(agentBranch, .create), after: [work()]),
        UpdateRow("rewind not granted", update(agentBranch, .rewind), after: [work()], lacking(.refRewind)),
        UpdateRow("rewind granted", update(agentBranch, .rewind), after: [work(under: rewinding)]),
        UpdateRow(
            "a tag is no branch", update("refs/tags/v1", .create),
            after: [work(under: delegated(grants: [grant(["refs/tags/**"], [.refCreate])]))],
            .delegation(operation: .tagCreate, granted: ["ref.create"])),
        UpdateRow("a tag granted", update("refs/tags/v1", .create), after: [work(under: tagging)]),
        UpdateRow(
            "another grant's operation does not count", update(agentBranch, .rewind),
            after: [work(under: delegated(grants: [RemitRulesTests.grant(), grant(["refs/heads/x"], [.refRewind])]))],
            lacking(.refRewind)),
        UpdateRow("deletion by push option", update(agentBranch, .delete), in: pushing(), lacking(.refDelete)),
        UpdateRow("deletion by push option, granted", update(agentBranch, .delete), in: pushing(rewinding)),
        UpdateRow(
            "each of two delegations needs it", update(agentBranch, .rewind),
            after: [work(1, under: rewinding), work(2, under: delegated(id: record(7)))],
            Finding.Facts(
                delegation: record(7), agent: "claude-code", ask: ["dana@example.org"], operation: .refRewind,
                granted: ["file.create", "file.modify", "ref.create", "ref.update"])),
        UpdateRow(
            "a push option is not for persons", update(agentBranch, .delete),
            in: circumstances(.person("dana@example.org"), option: .verified(delegated()))),
    ])
    func `an agent needs the operation in a grant for that ref`(row: UpdateRow) {
        row.check(RefOperationRule(), is: .refOperation)
    }

    static func authorless(_ operation: RemitModel.Operation, _ reason: String) -> Finding.Facts {
        Finding.Facts(ask: ["ada@example.org"], operation: operation, reason: reason)
    }

    static let deletes = "deleting a protected ref leaves no author"
    static let rewinds = "rewinding a protected ref takes away what was judged"
    static let person = circumstances(.person("dana@example.org"))

    @Test(arguments: [
        UpdateRow("deletion", update(mainBranch, .delete), authorless(.refDelete, deletes)),
        UpdateRow("deletion by a person", update(mainBranch, .delete), in: person),
        UpdateRow("deletion of a free ref", update(otherBranch, .delete)),
        UpdateRow("rewind", update(mainBranch, .rewind), after: [plain()], authorless(.refRewind, rewinds)),
        UpdateRow(
            "rewind by a stranger", update(mainBranch, .rewind), in: circumstances(.stranger),
            authorless(.refRewind, rewinds)),
        UpdateRow("rewind by a person", update(mainBranch, .rewind), after: [plain()], in: person),
        UpdateRow(
            "rewind that brings an assistant's draft", update(mainBranch, .rewind),
            after: [
                marked(
                    [inventoried(autonomy: .assistant)], signature: .good(key(2)), signer: .person("dana@example.org"))
            ], authorless(.refRewind, rewinds)),
        UpdateRow(
            "rewind that lands work", update(mainBranch, .rewind), after: [work()],
            authorless(.refRewind, rewinds)),
        UpdateRow(
            "rewind that a grant allows the agent", update(mainBranch, .rewind), after: [work(under: rewinding)]),
        UpdateRow(
            "a tag of a blob", update("refs/tags/v1", .create, target: .authorless("blob")),
            authorless(.tagCreate, "it points at a blob, which has no author")),
        UpdateRow(
            "a tag of a tree by a person", update("refs/tags/v1", .create, target: .authorless("tree")), in: person),
        UpdateRow(
            "a tag of a tree by an agent that may tag",
            update("refs/tags/v1", .create, target: .authorless("tree")), in: pushing(tagging),
            authorless(.tagCreate, "it points at a tree, which has no author")),
        UpdateRow("an update of a protected ref", update(mainBranch), after: [plain()]),
    ])
    func `an act without an author needs a known person`(row: UpdateRow) {
        row.check(RefOperationRule(), is: .refOperation)
    }
}
