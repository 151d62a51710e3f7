package import RemitAttribution
package import RemitAuthority

extension Authority {
    /// The catalogue of marks as this organisation has it.
    package var catalogue: MarkCatalogue { .catalogue(with: marks) }
}
