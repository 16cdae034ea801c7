#if Download
    import Foundation
    import Recognition
    import Support
    import SystemPackage

    /// One run: the queues, the trail and the counts, all of them changed by the task that runs it alone; requests run beside it.
    final class CollectingRun {
        let settings: WebCollector.Settings
        private let work: JobWork
        var intake: PhotoIntake
        private let unfinished: UnfinishedRun
        private let obeysRobots: Bool
        private let progress: (WebCollector.Progress) throws -> Void
        var queues: HostQueues<Job>
        var summary = WebCollector.Summary()
        private(set) var firstPageFault: DownloadFault?
        private var total = 0
        private var done = 0
        /// The trail's last stored line of a label and an address.
        private var known: [Wish: (item: CollectedItem, line: Int)] = [:]
        private var wished: Set<Wish> = []
        private var visited: Set<String> = []
        private var robots: [String: Result<RobotsRules, DownloadFault>] = [:]
        private var robotsAsked: Set<String> = []
        /// Hosts that asked to be left alone for long.
        private var closed: [String: DownloadFault] = [:]

        private struct Wish: Hashable {
            var label: RelativePath
            var source: RelativePath
        }

        init(_ collector: WebCollector, source: String, obeysRobots: Bool, progress: @escaping (WebCollector.Progress) throws -> Void)
            throws
        {
            settings = collector.settings
            work = JobWork(settings: settings, fetcher: try Fetcher(settings))
            intake = try PhotoIntake(photos: collector.photos, readmits: collector.readmits)
            unfinished = try UnfinishedRun(of: source, photos: collector.photos, lines: intake.items.count)
            self.obeysRobots = obeysRobots
            self.progress = progress
            queues = HostQueues(interval: settings.interval)
            for (line, item) in intake.items.enumerated() where item.file != nil {
                known[Wish(label: item.label, source: item.source)] = (item, line)
            }
        }

        /// Puts a photo into its host's queue, unless nothing needs to be asked.
        func want(_ photo: WantedPhoto) throws {
            let wish = Wish(label: photo.label, source: RelativePath(photo.url))
            guard wished.insert(wish).inserted else { return }
            total += 1
            guard try intake.admits(photo.label) else {
                summary.photos.forgotten += 1
                return try report(nil)
            }
            let known = known[wish]
            if let known, !intake.hasFile(of: known.item) || known.line >= unfinished.lines {
                summary.photos.known += 1
                return try report(nil)
            }
            do {
                try enqueue(Job(.photo(photo, known: known?.item), at: try WebAddress(photo.url)))
            } catch let fault as DownloadFault {
                try refuse(photo, fault, code: nil, finalURL: nil)
            }
        }

        /// Puts a page into its host's queue, once.
        func visit(_ address: WebAddress, label: RelativePath, depth: Int) throws {
            guard visited.count < settings.pages, visited.insert(address.text).inserted else { return }
            total += 1
            guard try intake.admits(label) else {
                summary.photos.forgotten += 1
                return try report(nil)
            }
            try enqueue(Job(.page(label: label, depth: depth), at: address))
        }

        private func enqueue(_ job: Job, first: Bool = false) throws {
            if let fault = closed[job.host] { return try fail(job, fault, code: nil) }
            if first { queues.putBack(job, to: job.host) } else { queues.add(job, to: job.host) }
            // Its robots.txt goes before whatever waits for the host.
            if obeysRobots, job.address.scheme != .file, robotsAsked.insert(job.address.origin).inserted {
                queues.putBack(Job(.robots, at: try WebAddress("\(job.address.origin)/robots.txt")), to: job.host)
            }
        }

        /// Asks until nothing is left to ask.
        /// - Throws: `RecognitionError.cancelled`; what writing throws.
        func finish(_ cancellation: Cancellation) async throws -> WebCollector.Summary {
            let result: Result<Void, any Error>
            do {
                result = .success(try await askAll(cancellation))
            } catch {
                result = .failure(error)
            }
            try await work.fetcher.shutdown()
            try result.get()
            try unfinished.finish()
            return summary
        }

        private enum Event: Sendable {
            case tick
            case finished(host: String, Job, JobOutcome)
        }

        private func askAll(_ cancellation: Cancellation) async throws {
            let clock = ContinuousClock()
            try await withThrowingTaskGroup(of: Event.self) { group in
                defer { group.cancelAll() }
                var active = 0
                var hasTick = false
                while true {
                    if cancellation.isRequested { throw RecognitionError.cancelled }
                    while active < settings.downloads, let (host, job) = queues.next(at: clock.now) {
                        if let fault = robotsFault(of: job) {
                            queues.finish(host, at: clock.now - .seconds(3600))
                            try fail(job, fault, code: nil)
                            continue
                        }
                        active += 1
                        group.addTask { [work] in .finished(host: host, job, try await work.outcome(of: job)) }
                    }
                    if active == 0 && queues.count == 0 { return }
                    if !hasTick {
                        // Often enough that a request to stop is seen, and when the next host has rested.
                        let pause = min(
                            .milliseconds(200), max(.milliseconds(1), queues.earliest.map { $0 - clock.now } ?? .milliseconds(200)))
                        group.addTask {
                            try await Task.sleep(for: pause)
                            return .tick
                        }
                        hasTick = true
                    }
                    switch try await group.next() {
                    case nil: return
                    case .tick: hasTick = false
                    case .finished(let host, let job, let outcome):
                        active -= 1
                        let pause = try handle(outcome, of: job)
                        queues.finish(host, at: clock.now, pause: pause)
                    }
                }
            }
        }

        /// Why a site's robots.txt keeps a job from being done; nil where it does not.
        private func robotsFault(of job: Job) -> DownloadFault? {
            guard obeysRobots, job.isGoverned, let rules = robots[job.address.origin] else { return nil }
            switch rules {
            case .success(let rules):
                return rules.allow(job.address.pathAndQuery) ? nil : .forbidden("robots.txt of \(job.address.origin) does not allow it")
            // The photo itself could not be had for the same reason.
            case .failure(.privateAddress(let host)): return .privateAddress(host)
            case .failure(let fault):
                return .forbidden("robots.txt of \(job.address.origin), without which nothing is taken, could not be had: \(fault)")
            }
        }

        /// - Returns: how long the host is to be left alone.
        private func handle(_ outcome: JobOutcome, of job: Job) throws -> Duration {
            switch outcome {
            case .photo(let arrival, let answer): try keep(arrival, answer, job)
            case .unchanged:
                summary.unchanged += 1
                try report(nil)
            case .page(let content): try read(content, of: job)
            case .nothing: try report(nil)
            case .robots(let rules):
                robots[job.address.origin] = rules
                if case .success(let rules) = rules, let delay = rules.delay { queues.slow(job.host, to: delay) }
            case .moved(let location):
                var job = job
                do {
                    try job.follow(location, most: settings.redirects)
                    try enqueue(job, first: true)
                } catch let fault as DownloadFault {
                    try fail(job, fault, code: nil)
                }
            case .later(let fault, let seconds): return try postpone(job, fault, seconds: seconds)
            case .refused(let fault, let code): try fail(job, fault, code: code)
            }
            return .zero
        }

        private func postpone(_ job: Job, _ fault: DownloadFault, seconds: Int?) throws -> Duration {
            if let seconds, .seconds(seconds) > settings.longestWait {
                let fault = DownloadFault.waitsTooLong(seconds: seconds)
                closed[job.host] = fault
                for other in [job] + queues.close(job.host) { try fail(other, fault, code: nil) }
                return .zero
            }
            var job = job
            job.attempts += 1
            guard job.attempts < settings.attempts else {
                try fail(job, fault, code: fault.code)
                return .zero
            }
            queues.putBack(job, to: job.host)
            return seconds.map { .seconds($0) } ?? settings.backOff * (1 << min(job.attempts - 1, 16))
        }

        private func keep(_ arrival: Arrival, _ answer: Answer?, _ job: Job) throws {
            guard case .photo(let photo, _) = job.aim else { return }
            var item = item(of: photo, finalURL: job.finalURL, code: answer?.code)
            item.sha256 = arrival.sha256
            item.etag = answer?.etag
            item.lastModified = answer?.lastModified
            let line = try intake.store(arrival.bytes, arrival.decoded, named: Array(job.address.name.utf8), item: item)
            if let line { summary.photos.count(line) } else { summary.photos.known += 1 }
            try report(line)
        }

        private func read(_ content: PageContent, of job: Job) throws {
            guard case .page(let label, let depth) = job.aim else { return }
            summary.pages += 1
            for url in content.images {
                var photo = WantedPhoto(label: label, url: url)
                photo.sourcePage = job.address.text
                photo.licence = content.licence
                try want(photo)
            }
            if depth < settings.depth {
                for link in content.links {
                    guard let address = try? WebAddress(link), address.host == job.address.host else { continue }
                    try visit(address, label: label, depth: depth + 1)
                }
            }
            try report(nil)
        }

        private func fail(_ job: Job, _ fault: DownloadFault, code: Int?) throws {
            switch job.aim {
            case .photo(let photo, _): try refuse(photo, fault, code: code, finalURL: job.finalURL)
            case .page(let label, let depth):
                if depth == 0 { firstPageFault = fault }
                try refuse(WantedPhoto(label: label, url: job.way[0]), fault, code: code, finalURL: job.finalURL)
            case .robots: robots[job.address.origin] = .failure(fault)
            }
        }

        private func refuse(_ photo: WantedPhoto, _ fault: DownloadFault, code: Int?, finalURL: String?) throws {
            summary.faults[fault.kind, default: 0] += 1
            let line = try intake.refuse(item(of: photo, finalURL: finalURL, code: code), because: "\(fault)")
            summary.photos.refused += 1
            try report(line)
        }

        private func item(of photo: WantedPhoto, finalURL: String?, code: Int?) -> CollectedItem {
            var item = CollectedItem(source: RelativePath(photo.url), label: photo.label)
            item.licence = photo.licence
            item.author = photo.author
            item.sourcePage = photo.sourcePage
            item.columns = photo.columns.isEmpty ? nil : photo.columns
            item.finalURL = finalURL
            item.code = code
            return item
        }

        private func report(_ item: CollectedItem?) throws {
            done += 1
            try progress(.init(done: done, total: total, faults: summary.faults, item: item))
        }
    }

    extension Job {
        /// Whether robots.txt speaks of it.
        fileprivate var isGoverned: Bool {
            if case .robots = aim { return false }
            return address.scheme != .file
        }
    }

    extension DownloadFault {
        /// The status that was answered, where one was.
        fileprivate var code: Int? {
            switch self {
            case .status(let code), .busy(let code, _): code
            default: nil
            }
        }
    }
#endif
