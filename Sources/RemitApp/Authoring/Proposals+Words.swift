import RemitAttribution
import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

extension Proposals {
    /// What is proposed, as the subject of a sentence.
    var title: String { root.map { Self.title(of: $0.record).text } ?? Self.title(of: nextPolicy.policy).text }

    /// The digest of what is proposed; the root's where the policy is only signed once more for it.
    var id: String { (root?.id ?? policy?.id)?.description ?? "" }

    private static func title(of root: Root) -> SafeText { "root \(root.version)" }

    private static func title(of policy: Policy) -> SafeText { "policy version \(policy.version)" }

    /// What is proposed, in words, with who has signed.
    var sheets: [AuthoritySheet.Proposal] {
        var sheets: [AuthoritySheet.Proposal] = []
        let present = authority.root
        if let root {
            sheets.append(
                AuthoritySheet.Proposal(
                    Self.title(of: root.record), id: root.id, from: present.words, to: root.record.words,
                    tallies: [present, root.record].map { AuthoritySheet.Tally($0, signed: root.signers(in: $0)) }))
        }
        if let policy {
            let next = nextPolicy
            let judge = root?.record ?? present
            sheets.append(
                AuthoritySheet.Proposal(
                    Self.title(of: policy.record), id: policy.id, from: wordsInForce,
                    to: next.policy.statements + AllowedSigners.words(next.people) + OwnMarks.words(next.marks),
                    tallies: [AuthoritySheet.Tally(judge, signed: policy.signers(in: judge))]))
        }
        return sheets
    }

    /// The policy and the people in force.
    private var wordsInForce: [SafeText] {
        authority.policy.statements + AllowedSigners.words(peopleInForce) + OwnMarks.words(marksInForce)
    }

    /// Everything, for whoever asks what holds and what is to come.
    var sheet: AuthoritySheet {
        AuthoritySheet(
            root: authority.root, policy: authority.policy, statements: authority.root.words + wordsInForce,
            proposals: sheets, at: authority.commit)
    }

    /// What a proposed root takes from records that stand on administrators who leave.
    var lossWords: [String] {
        guard let root else { return [] }
        let leaving = authority.root.administrators.map(\.id).filter { id in
            !root.record.administrators.contains { $0.id == id }
        }
        guard !leaving.isEmpty else { return [] }
        return [
            "agents and baselines that only \(leaving.joined(separator: ", ")) signed are not believed under root "
                + "\(root.record.version): sign them anew with 'remit agent review' and 'remit baseline'"
        ]
    }
}

extension Root {
    fileprivate var words: [SafeText] {
        statements { line in
            do throws(SSHFormatError) {
                return KeyFingerprint(of: try SSHPublicKey(line: line)).description
            } catch {
                return line
            }
        }
    }
}

extension OwnMarks {
    /// What a file of marks says, laid over the catalogue.
    fileprivate static func words(_ bytes: [UInt8]?) -> [SafeText] {
        guard let bytes else { return [] }
        do throws(RecordError) {
            return MarkCatalogue.known(with: try OwnMarks(record: bytes, file: AuthorityLayout.marks)).statements
        } catch {
            return ["the marks cannot be read: \(plain: error.statement)"]
        }
    }
}

extension AllowedSigners {
    /// The lines of a people file, each with its key's fingerprint in the place of the key.
    fileprivate static func words(_ bytes: [UInt8]) -> [SafeText] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        do throws(AllowedSignersError) {
            return try AllowedSigners(bytes).signers.map { signer in
                let fields = lines[signer.line - 1].split(separator: " ")
                let rights = fields.prefix { $0 != signer.key.type.rawValue }.joined(separator: " ")
                return "key \(word: KeyFingerprint(of: signer.key).description) of \(plain: rights)"
            }
        } catch {
            return ["the people cannot be read: \(plain: error.reason)"]
        }
    }
}
