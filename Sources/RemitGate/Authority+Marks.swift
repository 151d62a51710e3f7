package import RemitAttribution
package import RemitAuthority
package import RemitModel

extension Authority {
    /// The catalogue of marks as this organisation has it.
    package var catalogue: MarkCatalogue { .catalogue(with: marks) }

    /// By which marks something is judged, as it is recorded.
    ///
    /// - Parameter version: the version of the built-in catalogue, as it was archived where something is judged again;
    ///   `nil` where the archive is from before it was recorded.
    package func recordedCatalogue(_ version: String? = MarkCatalogue.version) -> Decision.Catalogue? {
        version.map { Decision.Catalogue(version: $0, own: policy.marks) }
    }
}
