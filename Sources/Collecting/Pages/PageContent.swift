import Foundation

/// What a page shows and where it leads.
package struct PageContent: Sendable, Equatable {
    /// Addresses of its pictures, each once, in the page's order.
    package var images: [String] = []
    /// Addresses of other pages that it links to.
    package var links: [String] = []
    /// What it says of its licence: the address that a link of `rel="license"` leads to.
    package var licence: String?
}

/// One element of a page, as far as pictures and links are asked for.
package struct PageElement: Sendable {
    /// In lower case.
    var name: String
    /// By their names in lower case.
    var attributes: [String: String]
}

extension PageContent {
    /// Where pages keep the address of a picture that is only loaded when it is seen, and the addresses of its sizes; the best is first.
    private static let sets = ["data-srcset", "data-lazy-srcset", "srcset"]
    private static let sources = [
        "data-src", "data-original", "data-lazy-src", "data-lazy", "data-full-src", "data-hi-res-src", "data-url", "src",
    ]
    /// The endings of addresses that are pictures themselves.
    private static let endings: Set<String> = ["jpg", "jpeg", "jpe", "jfif", "png", "webp"]

    /// Goes through the elements of a page in their order: `img` with `srcset` and lazily loaded ones, `source` of `picture`, Open Graph and Twitter
    /// cards, `link rel="image_src"`, links to pictures, links to pages.
    ///
    /// Of one element's sizes the largest alone is taken. What the page's `meta name="robots"` forbids is left out.
    package init(elements: [PageElement], base: WebAddress) {
        var base = base
        var seen: Set<String> = []
        var mayLink = true
        var mayTake = true
        func resolved(_ text: String?) -> WebAddress? {
            guard let text, !text.isEmpty, !text.hasPrefix("data:"), let address = try? WebAddress(text, relativeTo: base) else {
                return nil
            }
            return address.scheme == .file ? nil : address
        }
        func image(_ text: String?) {
            if let address = resolved(text), seen.insert(address.text).inserted { images.append(address.text) }
        }
        for element in elements {
            let attributes = element.attributes
            func largest() -> String? { Self.sets.lazy.compactMap { attributes[$0] }.compactMap(SourceSet.largest).first }
            switch element.name {
            case "base":
                if let address = resolved(attributes["href"]) { base = address }
            case "img", "amp-img":
                image(largest() ?? Self.sources.lazy.compactMap { attributes[$0] }.first { !$0.isEmpty && !$0.hasPrefix("data:") })
            case "source":
                image(largest())
            case "meta":
                let key = (attributes["property"] ?? attributes["name"] ?? attributes["itemprop"] ?? "").lowercased()
                let content = attributes["content"] ?? ""
                switch key {
                case "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image": image(content)
                case "robots", RobotsRules.product:
                    let words = Set(content.lowercased().split { $0 == "," || $0.isWhitespace })
                    if words.contains("none") || words.contains("nofollow") { mayLink = false }
                    if words.contains("none") || words.contains("noimageindex") { mayTake = false }
                default: break
                }
            case "link", "a", "area":
                let relations = Set((attributes["rel"] ?? "").lowercased().split(whereSeparator: \.isWhitespace))
                if relations.contains("license") { licence = licence ?? resolved(attributes["href"])?.text }
                if element.name == "link" {
                    if relations.contains("image_src") { image(attributes["href"]) }
                } else if let address = resolved(attributes["href"]) {
                    if Self.endings.contains(address.url.pathExtension.lowercased()) {
                        image(address.text)
                    } else if !relations.contains("nofollow"), seen.insert(address.text).inserted {
                        links.append(address.text)
                    }
                }
            default: break
            }
        }
        if !mayLink { links = [] }
        if !mayTake { images = [] }
    }
}
