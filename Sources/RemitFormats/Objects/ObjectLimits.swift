/// The bounds of what the object parsers accept.
///
/// Far beyond real histories, far below what hurts.
package enum ObjectLimits {
    /// The largest commit or tag.
    ///
    /// Real ones stay under 100 KiB; an octopus of signed tags reaches a few hundred.
    package static let bytes = 8 << 20
    /// The most parents of one commit.
    ///
    /// The widest known octopus has 66.
    package static let parents = 4096
    /// The most headers beside tree, parents, author and committer.
    package static let extraHeaders = 4096
}
