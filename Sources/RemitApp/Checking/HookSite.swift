import RemitGate
import RemitHosts

/// The file with the settings of all repositories of a server, where the hook of this one names it.
struct HookSite {
    /// `nil` where the hook names none; a fault where what it names cannot be believed.
    let configuration: Result<SiteConfiguration?, GateError>
    /// What runs the hook, as the repository says, or else the file.
    let host: HostKind

    init(of repository: ServerRepository) throws(AppError) {
        let own = try repository.effective("remit.host").flatMap { HostKind(rawValue: $0) }
        let place = HookPlace(gitDirectory: repository.gitDirectory, host: own ?? .plain)
        guard let path = try PlannedHook.present(at: place)?.site else {
            (configuration, host) = (.success(nil), own ?? .plain)
            return
        }
        let read = Result { () throws(GateError) in
            let site = try SiteConfiguration(at: path)
            return (site, try Settings.host(of: repository.reader, site: site).kind)
        }
        switch read {
        case .success(let (site, kind)): (configuration, host) = (.success(site), kind)
        case .failure(let error): (configuration, host) = (.failure(error), own ?? .plain)
        }
    }
}
