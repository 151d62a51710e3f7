import ArgumentParser

/// How a command writes what it found.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
