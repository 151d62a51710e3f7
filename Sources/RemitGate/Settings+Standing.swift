package import RemitEvidence
import RemitHosts
import RemitModel

extension Settings {
    /// How a gate with these settings stands, for the ledger to compare.
    ///
    /// What is in force is told, whether it is set or a default. None of it is a secret.
    package func standing(in gitDirectory: String) -> GateStanding {
        let values: [(key: String, value: String?)] = [
            ("remit.authority", authority), ("remit.authorityRef", authorityRef), ("remit.root", root.description),
            ("remit.repository", repository), ("remit.ledger", ledger), ("remit.mode", mode.rawValue),
            ("remit.host", host.kind.rawValue),
            ("remit.pusherVariable", host.pusherVariable.map { String(decoding: $0.bytes, as: UTF8.self) }),
            ("remit.deadline", host.deadlineSeconds.map { String($0) }),
            ("remit.pushCertificate", requiresPushCertificate ? "required" : nil),
            ("remit.pushee", pushees.isEmpty ? nil : pushees.joined(separator: " ")), ("--config", site?.path),
        ]
        return GateStanding(
            repository: repository, gitDirectory: gitDirectory, version: HookCommand.version,
            settings: values.compactMap { key, value in value.map { GateStanding.Setting(key, $0) } })
    }
}
