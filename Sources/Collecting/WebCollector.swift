#if Download
    import Foundation
    import Recognition
    import Support

    extension WebCollector {
        /// Fetches every photo of a list.
        ///
        /// What the trail has already is asked for with its validators, so that a server sends it again only where it changed; what a run that was
        /// killed had fetched is not asked for at all, and what a person deleted stays deleted.
        /// - Parameters:
        ///   - list: what is wanted.
        ///   - source: what the run is known by when it is started again: the list's path.
        ///   - progress: called after each photo.
        /// - Throws: `RecognitionError` where the photos cannot be written, or on cancellation.
        public func collect(
            _ list: [WantedPhoto], of source: String, cancellation: Cancellation = Cancellation(),
            progress: @escaping (Progress) throws -> Void = { _ in }
        ) async throws -> Summary {
            let run = try CollectingRun(self, source: source, obeysRobots: false, progress: progress)
            for photo in list { try run.want(photo) }
            return try await run.finish(cancellation)
        }

        /// Fetches the pictures of a page, and, to the depth of the settings, of the pages of the same host that it links to. robots.txt is obeyed, for pages and
        /// for pictures.
        /// - Throws: `CollectingError.unusablePage` where the page itself could not be read; else as for a list.
        public func collect(
            page: String, label: RelativePath, cancellation: Cancellation = Cancellation(),
            progress: @escaping (Progress) throws -> Void = { _ in }
        ) async throws -> Summary {
            let address: WebAddress
            do {
                address = try WebAddress(page)
                guard address.scheme != .file else { throw DownloadFault.scheme("file") }
            } catch {
                throw CollectingError.unusablePage(url: page, reason: "\(error)")
            }
            let run = try CollectingRun(self, source: "\(address.text) \(label)", obeysRobots: true, progress: progress)
            try run.visit(address, label: label, depth: 0)
            let summary = try await run.finish(cancellation)
            if let fault = run.firstPageFault { throw CollectingError.unusablePage(url: page, reason: "\(fault)") }
            return summary
        }
    }
#endif
