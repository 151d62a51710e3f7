import RemitAttribution
import RemitEvidence
import RemitFormats
package import RemitModel
import RemitReport

extension PipelineGate {
    /// What is judged, and where.
    package struct Request {
        /// The directory of the clone, or one inside it.
        package var directory: String
        /// The authority's git directory, and the ref to read it at.
        package var authority: String
        package var authorityRef: String
        /// The digest of `roots/1.toml`.
        package var root: RecordID
        package var repository: String
        package var mode: Mode
        package var job: JobRecord
        /// The setting of the job's CI system that gives it all of the history; `nil` where no system is known.
        package var cloneAdvice: String?
        /// A ledger to look earlier decisions up in and to record this one; `nil` where the job has none.
        package var ledger: String?
        package var now: Instant
        package var deadline: ContinuousClock.Instant
        /// The refs under which the host keeps the commits that it squashes and rebases.
        package var sources: [RefGlob] = []
        /// How old the authority's timestamp may be, in seconds; `nil` where the copy is taken to be kept up.
        package var maximumAge: Int64?
        /// The version of the catalogue of marks; `nil` in archives from before it was recorded.
        var catalogue: String? = MarkCatalogue.version

        package init(
            directory: String, authority: String, authorityRef: String, root: RecordID, repository: String,
            mode: Mode, job: JobRecord, cloneAdvice: String? = nil, ledger: String?, now: Instant,
            deadline: ContinuousClock.Instant
        ) {
            self.directory = directory
            self.authority = authority
            self.authorityRef = authorityRef
            self.root = root
            self.repository = repository
            self.mode = mode
            self.job = job
            self.cloneAdvice = cloneAdvice
            self.ledger = ledger
            self.now = now
            self.deadline = deadline
        }
    }
}

// What is kept of it, and read again.
extension PipelineGate.Request {
    private static let schema = "pipeline/v1"

    func bytes(of subject: PipelineSubject) -> [UInt8] {
        let members: [(name: String, value: JSONText)] = [
            ("schema", .string(Self.schema)),
            ("now", now.archived),
            ("subject", subject.archived),
            ("authority", authority.archived),
            ("authority_ref", authorityRef.archived),
            ("root", root.archived),
            ("repository", repository.archived),
            ("mode", mode.rawValue.archived),
            ("clone_advice", cloneAdvice.archived),
            ("sources", sources.map(\.text).archived),
            ("maximum_age", maximumAge.map { Int($0) }.archived),
        ]
        return JSONText.object(members + (catalogue.map { [("catalogue", .string($0))] } ?? [])).encoded
    }

    /// Reads what was kept of a request; where it ran does not matter any more.
    static func read(
        _ bytes: [UInt8], of source: String, job: JobRecord
    ) throws(EvidenceError) -> (request: PipelineGate.Request, subject: PipelineSubject) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == schema else { throw members.fault("it is not what a gate in CI was asked") }
        guard let kept = members["subject"], let subject = PipelineSubject(archived: kept) else {
            throw members.fault("'subject' is neither a merge nor a deployment")
        }
        var request = PipelineGate.Request(
            directory: "", authority: try members.text("authority"), authorityRef: try members.text("authority_ref"),
            root: try members.record("root"), repository: try members.text("repository"),
            mode: try members.word("mode", as: Mode.self), job: job,
            cloneAdvice: try members.optionalText("clone_advice"), ledger: nil, now: try members.instant("now"),
            deadline: .now)
        for text in try members.texts("sources") {
            do throws(RefGlob.Fault) {
                request.sources.append(try RefGlob(text))
            } catch {
                throw members.fault("'sources' has '\(text)', which \(error.rawValue)")
            }
        }
        request.maximumAge = try members.optionalNumber("maximum_age").map { Int64($0) }
        request.catalogue = try members.optionalText("catalogue")
        return (request, subject)
    }
}
