#if Download
    import Foundation
    import Imaging
    import Recognition

    /// Carries out one job on whatever thread: the request, and reading what it brought.
    struct JobWork: Sendable {
        let settings: WebCollector.Settings
        let fetcher: Fetcher

        /// - Throws: `CancellationError`.
        func outcome(of job: Job) async throws -> JobOutcome {
            switch job.aim {
            case .photo(_, let known):
                if job.address.scheme == .file { return file(job.address) }
                // Validators are of the address that gave them.
                let isAnswerer = known?.finalURL.map { $0 == job.address.text } ?? (job.way.count == 1)
                let validators = isAnswerer && known != nil ? Validators(etag: known?.etag, lastModified: known?.lastModified) : nil
                return try await answer(
                    job, accept: "image/jpeg,image/png,image/webp,image/*;q=0.5", validators: validators,
                    watch: BodyWatch(.photo, limit: settings.limits.maximumBytes), read: arrival)
            case .page(_, let depth):
                return try await answer(
                    job, accept: "text/html,application/xhtml+xml", validators: nil, watch: BodyWatch(.text, limit: settings.longestPage)
                ) { answer throws(DownloadFault) in try page(answer, at: job.address, isFirst: depth == 0) }
            case .robots:
                return try await robots(job)
            }
        }

        /// What the status of an answer means for everything but robots.txt.
        private func answer(
            _ job: Job, accept: String, validators: Validators?, watch: BodyWatch, read: (Answer) throws(DownloadFault) -> JobOutcome
        ) async throws -> JobOutcome {
            let answer: Answer
            switch try await fetcher.get(job.address, accept: accept, validators: validators, watch: watch) {
            case .success(let given): answer = given
            case .failure(let fault): return fault.isPassing ? .later(fault, seconds: nil) : .refused(fault, code: nil)
            }
            switch answer.code {
            case 200:
                do {
                    return try read(answer)
                } catch {
                    return .refused(error, code: 200)
                }
            case 304 where validators != nil: return .unchanged
            case 301, 302, 303, 307, 308: return .moved(answer.location)
            case 429, 503:
                let seconds = answer.retryAfter.flatMap { RetryAfter.seconds($0, now: Date()) }
                return .later(.busy(code: answer.code, attempts: job.attempts + 1), seconds: seconds)
            case 407: return .refused(.proxyWithoutName, code: 407)
            case 408, 500, 502, 504: return .later(.busy(code: answer.code, attempts: job.attempts + 1), seconds: nil)
            default: return .refused(.status(answer.code), code: answer.code)
            }
        }

        private func arrival(_ answer: Answer) throws(DownloadFault) -> JobOutcome {
            var head = answer
            head.body = []
            return .photo(try Arrival(answer.body, limits: settings.limits, smallest: settings.smallest), head)
        }

        private func file(_ address: WebAddress) -> JobOutcome {
            do {
                let bytes = try FileBytes.readPhoto(URL(fileURLWithPath: address.url.path(percentEncoded: false)), within: settings.limits)
                return .photo(try Arrival(bytes, limits: settings.limits, smallest: settings.smallest), nil)
            } catch let fault as DownloadFault {
                return .refused(fault, code: nil)
            } catch {
                return .refused(.file("\(error)"), code: nil)
            }
        }

        private func page(_ answer: Answer, at address: WebAddress, isFirst: Bool) throws(DownloadFault) -> JobOutcome {
            let type = answer.mediaType ?? "text/html"
            guard type == "text/html" || type == "application/xhtml+xml" else {
                if !isFirst { return .nothing }
                throw .noPage("is \(type), no page; put the addresses of photos into a list")
            }
            // A server that names no type may send a picture, in which the parser would find an empty page.
            if let format = ImageFormat(signatureOf: Array(answer.body.prefix(16))) {
                if !isFirst { return .nothing }
                throw .noPage("is a picture (\(format.rawValue)), no page; put the addresses of photos into a list")
            }
            #if HTML
                let charset = answer.charset ?? (String(validating: answer.body, as: UTF8.self) == nil ? nil : "utf-8")
                return .page(PageContent(elements: try PageReader.elements(of: answer.body, encoding: charset), base: address))
            #else
                throw .noPage("this program was built without the trait HTML, which reads pages")
            #endif
        }

        /// RFC 9309, 2.3.1: a file that the server says it has not allows everything, one that could not be had nothing; at most five redirects are
        /// followed, to whatever host.
        private func robots(_ job: Job) async throws -> JobOutcome {
            var job = job
            while true {
                // What is longer than the part that is read counts as a file that could not be had.
                let given = try await fetcher.get(job.address, accept: "text/plain", watch: BodyWatch(.text, limit: RobotsRules.longest))
                let answer: Answer
                switch given {
                case .success(let given): answer = given
                case .failure(let fault): return .robots(.failure(fault))
                }
                switch answer.code {
                case 200: return .robots(.success(RobotsRules(String(decoding: answer.body, as: UTF8.self))))
                case 301, 302, 303, 307, 308:
                    do {
                        try job.follow(answer.location, most: 5)
                    } catch {
                        return .robots(.success(.open))
                    }
                case 429, 500...: return .robots(.failure(.status(answer.code)))
                default: return .robots(.success(.open))
                }
            }
        }
    }
#endif
