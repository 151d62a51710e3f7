import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// The file of signed statements that an allowed deployment leaves: in-toto's bundle, one envelope a line.
struct StatementFile {
    private let path: String
    private let key: StatementKey
    private let resource: String
    private let images: [DeploymentStatement.Image]

    init(
        at path: String, signedWith key: StatementKey, resource: String, images: [DeploymentStatement.Image]
    ) throws(AppError) {
        self.path = Files.absolute(path)
        self.key = key
        self.resource = resource
        self.images = images
        // A statement of an earlier run must never pass for one of this.
        guard !Files.exists(self.path) else {
            throw AppError("'\(path)' exists already", hint: "name a file that is not there yet", status: .usage)
        }
        guard Files.isDirectory(Files.parent(of: self.path)) else {
            throw AppError("there is no directory to write '\(path)' in", hint: "make it first", status: .usage)
        }
    }

    /// Writes the statements of an allowed deployment, all of them or none; tells why there are none otherwise.
    func write(_ answer: PipelineGate.Answer, _ console: Console) throws(AppError) {
        guard let grounds = answer.grounds,
            let statement = DeploymentStatement(answer.decision, grounds: grounds, resource: resource, images: images)
        else {
            if answer.decision.outcome != .allowed, answer.decision.letsThrough {
                console.say("no statement is written: monitor mode lets the deployment through, nothing allowed it")
            }
            return
        }
        var lines: [UInt8] = []
        for payload in statement.payloads {
            let envelope: [UInt8]
            do throws(StatementKeyError) {
                envelope = try key.sign(statement: payload).bytes
            } catch {
                throw AppError("the key \(error.reason)", status: .undecided)
            }
            guard envelope.count <= DSSEEnvelope.maximumByteCount else {
                throw AppError("the statement of this decision is longer than 1 MiB", status: .undecided)
            }
            lines += envelope + [UInt8(ascii: "\n")]
        }
        try AtomicFile.create(path, with: lines, mode: 0o644)
    }
}
