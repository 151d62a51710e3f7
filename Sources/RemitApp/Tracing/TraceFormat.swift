import ArgumentParser

/// How a trace is told.
enum TraceFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case html
}
