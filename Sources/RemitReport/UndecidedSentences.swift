import RemitModel

extension Sentence {
    static func undecidedRepository(_ group: FindingGroup) -> Sentence {
        let otherwise: SafeText =
            group.occasion.isPipeline
            ? "clone with full history in this job, and if it stays so look with 'git fsck'"
            : "ask \(group.administrators) to look with 'git fsck' and 'remit doctor' on the server"
        return Sentence(
            "the repository could not be read\(group.cause)", hints: group.facts.cloneCure.map(cure) ?? otherwise)
    }

    private static func cure(_ cure: Finding.CloneCure) -> SafeText {
        switch cure {
        case .setting(let setting): "let the job clone all of the history: \(plain: setting)"
        case .unshallow: "fetch all of the history with 'git fetch --unshallow'"
        case .clone: "clone all of the history with 'git clone', without --depth and --filter"
        }
    }

    static func undecidedAuthority(_ group: FindingGroup) -> Sentence {
        Sentence("the authority could not be verified\(group.cause)", hints: group.doctor)
    }

    static func undecidedLedger(_ group: FindingGroup) -> Sentence {
        Sentence("the decision could not be recorded\(group.cause)", hints: group.doctor)
    }

    static func undecidedInput(_ group: FindingGroup) -> Sentence {
        guard !group.occasion.isPipeline else {
            return Sentence(
                "what this job named cannot be judged\(group.cause)",
                hints: "name the commits that it is about, and look with 'git log --graph <base> <head>'")
        }
        return Sentence("the input of the hook could not be understood\(group.cause)", hints: group.doctor)
    }

    static func undecidedConfiguration(_ group: FindingGroup) -> Sentence {
        Sentence("the configuration cannot be used\(group.cause)", hints: group.doctor)
    }

    static func undecidedDeadline(_ group: FindingGroup) -> Sentence {
        let fault: SafeText = "the check did not end in time\(group.cause)"
        guard !group.occasion.isPipeline else {
            return Sentence(
                fault, hints: "bring less at once, or give 'remit gate' more time with --deadline <seconds>")
        }
        guard group.occasion != .submission else {
            return Sentence(
                fault, hints: "submit fewer changes at once, or ask \(group.administrators) for a longer deadline")
        }
        return Sentence(
            fault,
            hints: """
                push fewer commits at once with 'git push origin <commit>:<ref>', \
                or ask \(group.administrators) for a longer deadline
                """)
    }

    static func undecidedClock(_ group: FindingGroup) -> Sentence {
        let place: SafeText = group.occasion.isPipeline ? "" : " on the server"
        return Sentence(
            "the clock has gone back\(group.cause)",
            hints: """
                ask \(group.administrators) to set the clock right, or where it is right now \
                to run 'remit log clock --accept'\(place)
                """)
    }

    static func undecidedInternal(_ group: FindingGroup) -> Sentence {
        Sentence("the check failed by a fault of its own\(group.cause)", hints: group.doctor)
    }
}

extension FindingGroup {
    fileprivate var administrators: SafeText { asked(or: "the administrators") }

    fileprivate var doctor: SafeText {
        if occasion.isPipeline {
            return "run this job again, and if it stays so ask \(administrators) to look with 'remit doctor'"
        }
        let again: SafeText = occasion == .submission ? "submit it again" : "try 'git push' again"
        return "\(again), and if it stays so ask \(administrators) to run 'remit doctor' on the server"
    }
}
