import RemitModel

extension Limits {
    /// What limits count.
    enum Unit: String {
        case commits, files, lines, bytes, pushes
    }

    /// Each limit by its unit, in the order in which they are told; `nil` where there is none.
    var named: [(unit: Unit, limit: Int?)] {
        [(.commits, commits), (.files, files), (.lines, lines), (.bytes, bytes), (.pushes, pushes)]
    }
}

extension Spent {
    func count(of unit: Limits.Unit) -> Int {
        switch unit {
        case .commits: commits
        case .files: files
        case .lines: lines
        case .bytes: bytes
        case .pushes: pushes
        }
    }
}

extension SafeText {
    init(_ unit: Limits.Unit) {
        self = "\(word: unit.rawValue)"
    }
}
