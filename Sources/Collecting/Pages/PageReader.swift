#if HTML
    import CXML

    /// Reads HTML as browsers do, whatever is wrong with it, through libxml2.
    package enum PageReader {
        /// libxml2's tables, which are not to be made by two threads at once.
        private static let parser: Void = xmlInitParser()

        /// The elements of a page in their order.
        /// - Parameter encoding: what the answer's header names; nil leaves it to the page.
        /// - Throws: `DownloadFault.noPage` where there is no document at all.
        package static func elements(of bytes: [UInt8], encoding: String?) throws(DownloadFault) -> [PageElement] {
            _ = parser
            let options = Int32(
                bitPattern: HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                    | HTML_PARSE_NONET.rawValue)
            let document = bytes.withUnsafeBytes { bytes in
                htmlReadMemory(bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), nil, encoding, options)
            }
            guard let document else { throw .noPage("holds no HTML") }
            defer { xmlFreeDoc(document) }
            var elements: [PageElement] = []
            // Depth first without recursion: a page may be nested as deeply as it likes.
            var next = xmlDocGetRootElement(document)
            while let node = next {
                if node.pointee.type == XML_ELEMENT_NODE { elements.append(element(node)) }
                next = node.pointee.children ?? following(node)
            }
            return elements
        }

        /// The next node in the document's order that is not below this one.
        private static func following(_ node: xmlNodePtr) -> xmlNodePtr? {
            var node = node
            while true {
                if let sibling = node.pointee.next { return sibling }
                guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
                node = parent
            }
        }

        private static func element(_ node: xmlNodePtr) -> PageElement {
            var element = PageElement(name: text(node.pointee.name).lowercased(), attributes: [:])
            var attribute = node.pointee.properties
            while let one = attribute {
                let value = xmlNodeListGetString(node.pointee.doc, one.pointee.children, 1)
                element.attributes[text(one.pointee.name).lowercased()] = text(value)
                if let value { lineup_xml_free(value) }
                attribute = one.pointee.next
            }
            return element
        }

        private static func text(_ text: UnsafePointer<xmlChar>?) -> String { text.map { String(cString: $0) } ?? "" }
    }
#endif
