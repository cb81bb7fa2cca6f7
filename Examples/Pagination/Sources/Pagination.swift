import Canaveral

@main
struct Pagination {
    static func main() async throws {
        try await makePagination().run()
    }
}

/// The addresses, once: what they are matched with is what makes the links.
enum Paths {
    static let page: Path<Int> = "/elements/page/{number: Int}"
    static let element: Path<String> = "/elements/{symbol}"
}

func makePagination(of elements: [Element] = Element.all, by size: Int = 10) throws -> Capsule {
    try Capsule { routes in
        routes.redirect("/", to: Paths.page(1))

        routes.page(Paths.page) { _, number in
            let pages = (elements.count + size - 1) / size
            guard (1...max(pages, 1)).contains(number) else { return .notFound }
            return .gemtext {
                Heading("Elements, page \(number) of \(pages)")
                for element in elements.dropFirst((number - 1) * size).prefix(size) {
                    Link(to: Paths.element(element.symbol), element.name)
                }
                Blank()
                if number > 1 { Link(to: Paths.page(number - 1), "Back") }
                if number < pages { Link(to: Paths.page(number + 1), "More") }
            }
        }

        routes.page(Paths.element) { _, symbol in
            guard let index = elements.firstIndex(where: { $0.symbol == symbol }) else { return .notFound }
            return .gemtext {
                Heading(elements[index].name)
                "Number \(index + 1), \(symbol)"
                Link(to: Paths.page(index / size + 1), "Its page of the list")
            }
        }
    }
}
