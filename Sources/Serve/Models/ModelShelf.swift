import Foundation
import NIOConcurrencyHelpers
import Recognition

/// The models a server answers with at this moment. A request takes one at its beginning and keeps it to its end, so that a model that is
/// replaced meanwhile still answers what it began.
package final class ModelShelf: Sendable {
    /// A model and the name it is asked for by.
    package struct Model: Sendable {
        package let name: String
        package let naming: any FaceNaming
        package let summary: ModelSummary

        package init(name: String, naming: any FaceNaming) {
            self.name = name
            self.naming = naming
            summary = naming.summary
        }
    }

    /// A model file that is not served as it is now.
    package struct Fault: Sendable, Equatable {
        package var name: String
        /// One line without the folders of the machine.
        package var reason: String
    }

    private struct State {
        var models: [Model]
        var faults: [Fault] = []
        var loads = (done: 0, refused: 0)
    }

    private let state: NIOLockedValueBox<State>

    /// - Precondition: There is a model.
    package init(_ models: [Model]) {
        precondition(!models.isEmpty, "a server needs a model")
        state = NIOLockedValueBox(State(models: models))
    }

    /// All models, the default one first.
    package var models: [Model] { state.withLockedValue { $0.models } }
    /// Model files that are not served as they are now.
    package var faults: [Fault] { state.withLockedValue { $0.faults } }
    /// Model files taken and refused since the start.
    package var loads: (done: Int, refused: Int) { state.withLockedValue { $0.loads } }
    /// The model that answers where none is named.
    package var standard: Model { state.withLockedValue { $0.models[0] } }

    /// - Throws: `RequestError.noSuchModel`.
    package func model(named name: String) throws(RequestError) -> Model {
        let models = models
        guard let model = models.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw .noSuchModel(String(name.prefix(200)), known: models.map(\.name))
        }
        return model
    }

    /// Serves `model` from now on, in place of the one with its name.
    func put(_ model: Model) {
        state.withLockedValue { state in
            if let place = state.models.firstIndex(where: { $0.name == model.name }) {
                state.models[place] = model
            } else {
                state.models.append(model)
            }
            state.faults.removeAll { $0.name == model.name }
            state.loads.done += 1
        }
    }

    /// A file cannot be served; the model with its name, if there is one, stays.
    func refuse(_ fault: Fault) {
        state.withLockedValue { state in
            if state.faults.contains(fault) { return }
            state.faults.removeAll { $0.name == fault.name }
            state.faults.append(fault)
            state.loads.refused += 1
        }
    }

    /// Serves a model besides the default one no more.
    func drop(_ name: String, reason: String) {
        state.withLockedValue { state in state.models = state.models.prefix(1) + state.models.dropFirst().filter { $0.name != name } }
        refuse(Fault(name: name, reason: reason))
    }

    /// Keeps models and faults with these names, in their order; the last model is never taken away.
    func keep(_ names: [String]) {
        state.withLockedValue { state in
            let kept = names.compactMap { name in state.models.first { $0.name == name } }
            if !kept.isEmpty { state.models = kept }
            state.faults.removeAll { !names.contains($0.name) }
        }
    }
}
