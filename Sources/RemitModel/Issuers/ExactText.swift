extension String {
    /// Whether both are the same bytes: `==` takes canonically equivalent texts, such as `K` and the Kelvin sign, for one.
    package func isExactly(_ other: String?) -> Bool {
        guard let other else { return false }
        return utf8.elementsEqual(other.utf8)
    }
}
