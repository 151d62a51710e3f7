/// How much a definition may hold: far more than anybody writes, far less than would hurt.
package enum YAMLLimits {
    /// 1 MiB.
    package static let bytes = 1 << 20
    /// How deep values may stand within each other, an alias's own depth included.
    package static let depth = 64
    /// Values in the whole file, each alias counted as all that it stands for.
    package static let nodes = 100_000
    /// Bytes of text in those values, 4 MiB: what an alias repeats is read again by whoever looks for commands.
    package static let text = 4 << 20
}
