// What the model says of itself.
import { percent, personName } from "./wording.js";

const element = (id) => document.getElementById(id);
const ESTIMATORS = { svm: "Support vector machine", random_forest: "Random forest", logistic_regression: "Logistic regression" };

function row(tag, ...cells) {
  const node = document.createElement("tr");
  cells.forEach((text, index) => {
    const cell = document.createElement(index === 0 ? tag : "td");
    if (index === 0) cell.scope = "row";
    cell.textContent = text;
    node.append(cell);
  });
  return node;
}

const settings = (parameters) => Object.entries(parameters).sort().map(([name, value]) => `${name} ${value}`).join(", ");
const estimatorName = (candidate) => ESTIMATORS[candidate.estimator] ?? candidate.estimator;

function fact(name, value) {
  const term = document.createElement("dt");
  term.textContent = name;
  const text = document.createElement("dd");
  text.textContent = value;
  element("facts").append(term, text);
}

function showPeople(model) {
  const most = Math.max(...model.counts, 1);
  model.labels.forEach((label, index) => {
    const count = model.counts[index] ?? 0;
    const item = document.createElement("li");
    const who = document.createElement("span");
    who.textContent = personName(label);
    const track = document.createElement("span");
    track.className = "track";
    const fill = document.createElement("span");
    fill.className = "fill";
    fill.style.width = `${(100 * count) / most}%`;
    track.append(fill);
    const number = document.createElement("span");
    number.className = "percent";
    number.textContent = `${count} ${count === 1 ? "photo" : "photos"}`;
    item.append(who, track, number);
    element("people").append(item);
  });
}

function showFacts(model) {
  const { best } = model;
  fact("Kind", estimatorName(best));
  fact("Settings", settings(best.parameters));
  fact("Right in cross-validation", `${percent(best.mean)} ± ${(100 * best.standardDeviation).toFixed(1)}`);
  if (typeof model.groupedMean === "number") fact("With near-duplicates kept together", percent(model.groupedMean));
  fact("Recipe", model.recipe);
  const trained = new Date(model.trainedAt);
  fact("Trained", Number.isNaN(trained.getTime()) ? model.trainedAt : trained.toLocaleDateString("en", { dateStyle: "long" }));
  fact("Model", model.identity.id);
}

/** How many strangers get a name and how many known people none, at the threshold in use and at others that could be. */
function showStrangers({ unknown }) {
  if (!unknown) return;
  element("strangers-now").textContent = `Measured by leaving each person out of training: ${percent(unknown.falseAcceptRate)} of the faces of `
    + `strangers get somebody's name, and ${percent(unknown.falseRejectRate)} of the faces of known people get none. Other thresholds would give:`;
  for (const point of unknown.curve ?? []) {
    element("strangers").append(row("th", percent(point.falseAcceptRate), percent(point.falseRejectRate)));
  }
  element("strangers-box").hidden = false;
  if (unknown.curve?.length > 0) drawWhenOpened("strangers", (charts) => [charts.strangersCurve(unknown)], element("strangers-curve"));
}

/** What is drawn comes when its box is opened. */
function drawWhenOpened(name, draw, place = element(name)) {
  const box = element(`${name}-box`);
  box.addEventListener("toggle", async () => {
    if (box.open && !place.hasChildNodes()) place.replaceChildren(...draw(await import("./charts.js")));
  });
}

export function showModel(model) {
  const people = model.labels.length;
  const chip = element("chip");
  chip.textContent = `Knows ${people} ${people === 1 ? "person" : "people"}`;
  chip.hidden = false;
  showPeople(model);
  showFacts(model);
  showStrangers(model);
  if (model.confusion) {
    drawWhenOpened("mixups", (charts) => charts.mixups(model));
    element("mixups-box").hidden = false;
  }
  const ranked = [...model.candidates].sort((a, b) => b.mean - a.mean);
  for (const candidate of ranked) {
    const spread = `± ${(100 * candidate.standardDeviation).toFixed(1)}`;
    element("candidates").append(row("th", estimatorName(candidate), settings(candidate.parameters), percent(candidate.mean), spread));
  }
  element("candidates-box").hidden = ranked.length === 0;
  element("about").hidden = false;
}
