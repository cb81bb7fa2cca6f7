/// A route as it was written.
struct RouteDeclaration {
    let pattern: PathPattern
    /// The types that the handler takes.
    let types: [any PathParameter.Type]
    let actions: [RouteAction]
    let place: SourcePlace

    /// What is wrong with it by itself.
    var problem: RouteProblem? {
        if let fault = self.pattern.fault {
            return .path(self.pattern.text, reason: fault, self.place)
        }
        let declared = self.pattern.segments.compactMap { segment -> String?? in
            if case .parameter(_, let type) = segment { .some(type) } else { nil }
        }
        let taken = self.types.map { "\($0)" }
        guard declared.count == taken.count, zip(declared, taken).allSatisfy({ $0 == nil || $0 == $1 }) else {
            return .parameters(
                path: self.pattern.text,
                expected: zip(self.pattern.parameterNames, declared).map { name, type in
                    type.map { "\(name): \($0)" } ?? name
                },
                taken: taken,
                self.place
            )
        }
        return nil
    }
}
