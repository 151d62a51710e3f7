import RemitModel

/// The course of events: first on a scale, then one by one.
extension TracePage {
    /// Something that happened, or that was to happen.
    struct Event {
        let at: Instant
        /// The entry that says so; nothing of ours was recorded of what a delegation says of itself.
        var sequence: Int64 = 0
        let mark: HTML.Mark
        let word: SafeText
        let what: [HTML]
    }

    /// Every event, oldest first; of the same second, in the order of the log.
    var events: [Event] {
        (delegations.flatMap(events) + decided + landed).enumerated()
            .sorted {
                ($0.element.at, $0.element.sequence, $0.offset) < ($1.element.at, $1.element.sequence, $1.offset)
            }
            .map(\.element)
    }

    private func events(of link: Trace.Link) -> [Event] {
        guard let delegation = link.delegation else { return [] }
        let name = self.link(to: link)
        var events = [
            Event(
                at: delegation.issuedAt, mark: .plain, word: "issued",
                what: [name, " of ", .value(delegation.delegator), " to ", .value(delegation.agent)]),
            Event(
                at: delegation.expiresAt, mark: .plain, word: "expires",
                what: [name, ": nothing new of the agent's is accepted"]),
        ]
        if delegation.mergeBy != delegation.expiresAt {
            events.append(
                Event(
                    at: delegation.mergeBy, mark: .plain, word: "to be landed by",
                    what: [name, ": its work is landed no more"]))
        }
        return events + revocations(of: link.id, name)
    }

    /// When it was revoked, as far as a decision was refused for that.
    private func revocations(of id: RecordID, _ name: HTML) -> [Event] {
        let findings = (trace.decisions + trace.related).compactMap(\.decision).flatMap(\.findings)
        let moments = findings.filter { $0.rule == .delegationRevoked && $0.facts.delegation == id }
            .compactMap(\.facts.at)
        return Set(moments).sorted().map { Event(at: $0, mark: .bad, word: "revoked", what: [name]) }
    }

    private var decided: [Event] {
        let own = trace.decisions.map { event(of: $0, []) }
        return own + trace.related.map { event(of: $0, [.element(.span, [.style(.quiet)], [", around it"])]) }
    }

    private func event(of recorded: Trace.Recorded, _ remark: [HTML]) -> Event {
        let link: HTML = .link(to: id(of: recorded.entry), .text("decision \(Int(recorded.entry.sequence))"))
        let (mark, word) = sign(of: recorded)
        return Event(
            at: recorded.at, sequence: recorded.entry.sequence, mark: mark, word: word,
            what: [link, ", ", occasion(of: recorded)] + remark)
    }

    private var landed: [Event] {
        trace.effects.map { effect in
            let refs = effect.moves?.prefix(3).map { String(decoding: $0.update.ref.bytes, as: UTF8.self) } ?? []
            let more: SafeText = effect.landed > refs.count ? " and \(effect.landed - refs.count) more" : ""
            let link: HTML = .link(to: id(of: effect.entry), .text("entry \(Int(effect.entry.sequence))"))
            return Event(
                at: effect.at, sequence: effect.entry.sequence, mark: effect.undecided == 0 ? .good : .bad,
                word: effect.undecided == 0 ? "landed" : "landed without a decision",
                what: [link, ", "] + HTML.values(refs, none: "updates") + [
                    .text("\(more) in "), .value(effect.repository),
                ])
        }
    }

    // MARK: The page

    var timeline: [HTML] {
        let list: [HTML] = events.map { event in
            .element(
                .li, [],
                [.time(event.at), .element(.div, [], [.badge(event.mark, event.word), .text(" ")] + event.what)])
        }
        return scale + [.element(.ol, [.style(.timeline)], list)]
    }

    /// More delegations than this are not drawn.
    private static var barsAtMost: Int { 8 }

    /// What happened in which delegation's time, on one scale; the list below says the same in words.
    private var scale: [HTML] {
        // What may still be landed lasts much longer than what happened: it reaches over the edge.
        let recorded = events.filter { $0.sequence > 0 }.map(\.at.seconds)
        let bounds = delegations.compactMap(\.delegation).flatMap { [$0.issuedAt.seconds, $0.expiresAt.seconds] }
        let moments = recorded + bounds
        guard let first = moments.min(), let last = moments.max(), last > first else { return [] }
        let place = Scale(first: first, last: last)
        let bars: [HTML] = delegations.compactMap { link in link.delegation.map { (link.id, $0) } }
            .prefix(Self.barsAtMost).map { id, delegation in
                lane(
                    ["delegation \(id)"], "from \(delegation.issuedAt) until \(delegation.expiresAt)",
                    place.bars(of: delegation))
            }
        let marks = events.filter { $0.mark != .plain }
        let dots = lane(["decisions and what landed"], "\(marks.count) events, listed below", marks.map(place.dot))
        return [
            .element(
                .div, [.style(.scale)],
                bars + [
                    dots,
                    .element(
                        .div, [.style(.axis)],
                        [
                            .time(Instant(seconds: first)), .time(Instant(seconds: last)),
                        ]),
                ])
        ]
    }

    private func lane(_ name: [HTML], _ label: SafeText, _ shapes: [HTML]) -> HTML {
        .element(
            .div, [],
            [
                .element(.div, [.style(.quiet)], name),
                .element(
                    .svg,
                    [.picture, .label(label), .measure(.width, .share(10_000)), .measure(.height, .pixels(24))], shapes),
            ])
    }

    /// Moments as places between left and right.
    private struct Scale {
        let first: Int64
        let last: Int64

        /// Hundredths of a per cent, a little within the edges.
        private func share(_ moment: Instant) -> Int {
            let part = Double(moment.seconds - first) / Double(last - first)
            return 150 + Int((min(1, max(0, part)) * 9_700).rounded())
        }

        func bars(of delegation: Delegation) -> [HTML] {
            [
                bar(.span, from: delegation.issuedAt, to: delegation.expiresAt),
                bar(.rest, from: delegation.expiresAt, to: delegation.mergeBy),
            ]
        }

        private func bar(_ style: HTML.Style, from start: Instant, to end: Instant) -> HTML {
            let (left, right) = (share(start), share(end))
            return .element(
                .rect,
                [
                    .style(style), .measure(.x, .share(left)), .measure(.y, .pixels(7)),
                    .measure(.width, .share(max(0, right - left))), .measure(.height, .pixels(10)),
                    .measure(.rounding, .pixels(2)),
                ])
        }

        func dot(_ event: Event) -> HTML {
            .element(
                .g, [.mark(event.mark)],
                [
                    .element(
                        .circle,
                        [
                            .measure(.centreX, .share(share(event.at))), .measure(.centreY, .pixels(12)),
                            .measure(.radius, .pixels(9)),
                        ]),
                    .element(
                        .text, [.measure(.x, .share(share(event.at))), .measure(.y, .pixels(12))],
                        [.text(event.mark.sign)]),
                ])
        }
    }
}
