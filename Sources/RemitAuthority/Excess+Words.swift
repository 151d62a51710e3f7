import RemitModel

extension Excess {
    /// The excess after `exceeds the role of …:`.
    var beyondRole: String {
        switch self {
        case .life(let seconds, let longest):
            "its life of \((seconds + 3599) / 3600) hours is longer than \(longest / 3600)"
        default: "the \(subject)"
        }
    }

    /// The excess of a sub-delegation, as a sentence about it.
    var beyondParent: String {
        switch self {
        case .limit(let name, let mine?, let bound): "it allows \(mine) \(name), its parent \(bound)"
        case .limit(let name, nil, let bound): "it allows any number of \(name), its parent \(bound)"
        default: "its \(subject) is outside its parent's"
        }
    }

    private var subject: String {
        switch self {
        case .repository(let name): "repository \(name)"
        case .ref(let ref): "ref \(ref)"
        case .mergeInto(let ref): "merge_into ref \(ref)"
        case .path(let path): "path \(path)"
        case .exception(let exception, let path): "path \(path) without the exception of \(exception)"
        case .operation(let operation): "operation \(operation.rawValue)"
        case .environment(let name): "environment \(name)"
        case .life(let seconds, _): "life of \(seconds) seconds"
        case .limit(let name, _, _): "limit of \(name)"
        }
    }
}
