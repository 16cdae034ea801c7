// Brings the page's parts together: where photos come from, the line they wait in, and the cards of their answers.
import { classify, loadModel, loadSamples } from "./api.js";
import { showModel } from "./about.js";
import { remember, wireRecent } from "./recent.js";
import { limitsSentence, spoken } from "./wording.js";

const element = (id) => document.getElementById(id);
const AT_ONCE = 2;
const waiting = [];
let running = 0;
let model = null;

function announce(text) {
  element("announcer").textContent = text;
}

// What is not needed to show the page comes once it stands.
const cardModule = () => import("./card.js");
const convertModule = () => import("./convert.js");

/** Photos taken in, `{file, name, truth}` each: their cards stand in the order they came, before those of earlier photos. */
async function take(photos) {
  const { Card } = await cardModule();
  const cards = photos.map((photo) => {
    const card = new Card(photo, { onRetry: () => enqueue(photo, card) });
    card.showStage({ stage: "waiting" });
    return card;
  });
  await Promise.all(cards.map((card) => card.sized()));
  // What stands below is away for a moment, so that nothing in sight is pushed: the first card is what is seen next.
  document.body.classList.add("arriving");
  element("results").prepend(...cards.map((card) => card.node));
  document.body.classList.add("has-results");
  cards[0].reveal();
  requestAnimationFrame(() => requestAnimationFrame(() => document.body.classList.remove("arriving")));
  photos.forEach((photo, index) => enqueue(photo, cards[index]));
}

function enqueue(photo, card) {
  card.showStage({ stage: "waiting" });
  waiting.push({ photo, card });
  next();
}

async function next() {
  if (running >= AT_ONCE || waiting.length === 0) return;
  const { photo, card } = waiting.shift();
  if (card.signal.aborted) return next();
  running += 1;
  try {
    const outcome = await nameFaces(photo, card);
    if (card.signal.aborted) return;
    if (outcome.answer) await card.showAnswer(outcome.answer, model, outcome.file);
    else card.showProblem(outcome.problem);
    const words = spoken(photo, outcome);
    announce(words);
    if (outcome.answer) remember(photo.name, words.slice(photo.name.length + 2), card.picture);
  } finally {
    running -= 1;
    next();
  }
}

/** Asks the server; what it cannot take, the browser may: it re-encodes foreign formats and shrinks what is too large. */
async function nameFaces(photo, card) {
  const { isHEIC, reencode } = await convertModule();
  let file = photo.file;
  if (model && file.size > model.limits.bytes) {
    card.showStage({ stage: "shrinking" });
    const smaller = await reencode(file, model.limits);
    if (smaller) {
      file = smaller;
      card.note(`Shrunk in your browser: the server takes ${(model.limits.bytes / 1e6).toFixed(0)} MB at most.`);
    }
  }
  const way = { onStage: (stage) => card.showStage(stage), signal: card.signal };
  const outcome = await classify(file, photo.name, way);
  const { status, format } = outcome.problem ?? {};
  if ((status !== 415 && status !== 413) || file !== photo.file) return { ...outcome, file };
  const converted = await reencode(file, model?.limits);
  if (converted) {
    card.note(status === 415 ? `Converted to JPEG in your browser: the server does not read ${format ?? "this format"}.`
      : "Shrunk in your browser: the photo was larger than the server takes.");
    return { ...await classify(converted, photo.name, way), file: converted };
  }
  if (isHEIC(file, format)) {
    outcome.problem.advice = "On an iPhone choose Settings, Camera, Formats, Most Compatible, or share the photo as JPEG.";
  }
  return outcome;
}

function takeFiles(list) {
  const photos = [...list].map((file) => ({ file, name: file.name || "pasted photo" }));
  if (photos.length > 0) take(photos);
}

function wireFiles() {
  for (const id of ["file", "capture"]) {
    element(id).addEventListener("change", (event) => {
      takeFiles(event.target.files);
      event.target.value = "";
    });
  }
  element("choose").addEventListener("click", () => element("file").click());
  document.addEventListener("paste", (event) => {
    if (event.clipboardData && event.clipboardData.files.length > 0) {
      event.preventDefault();
      takeFiles(event.clipboardData.files);
    }
  });
}

function wireDrop() {
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  const show = (isOver) => { element("veil").hidden = !isOver; };
  addEventListener("dragenter", (event) => { if (hasFiles(event)) { event.preventDefault(); depth += 1; show(true); } });
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("dragleave", (event) => { if (hasFiles(event) && --depth <= 0) { depth = 0; show(false); } });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    show(false);
    takeFiles(event.dataTransfer.files);
  });
}

function wireCamera() {
  let camera = null;
  element("use-camera").addEventListener("click", async () => {
    // Without a secure origin browsers have no camera for pages; phones then still offer theirs behind a file field.
    if (!navigator.mediaDevices?.getUserMedia || typeof HTMLDialogElement !== "function") return element("capture").click();
    const { Camera } = await import("./camera.js");
    camera ??= new Camera((blob) => {
      take([{ file: new File([blob], "camera.jpg", { type: "image/jpeg" }), name: "camera photo" }]);
    });
    return camera.open();
  });
}

function showSamples(samples) {
  for (const sample of samples) {
    const button = document.createElement("button");
    button.type = "button";
    const picture = document.createElement("img");
    picture.src = sample.thumbnail;
    picture.alt = `Try the sample ${sample.name}`;
    picture.loading = "lazy";
    button.append(picture);
    button.addEventListener("click", async () => {
      const blob = await (await fetch(sample.url)).blob();
      take([{ file: new File([blob], sample.name, { type: sample.contentType }), name: sample.name, truth: sample.label }]);
    });
    const item = document.createElement("li");
    item.append(button);
    element("sample-list").append(item);
  }
  element("samples").hidden = samples.length === 0;
}

async function start() {
  wireFiles();
  wireDrop();
  wireCamera();
  wireRecent();
  // Both before either is shown: what came second would push what came first.
  const [samples, loaded] = await Promise.allSettled([loadSamples(), loadModel()]);
  if (samples.status === "fulfilled") showSamples(samples.value);
  if (loaded.status === "fulfilled") {
    model = loaded.value;
    element("limits").textContent = limitsSentence(model);
    showModel(model);
  } else {
    element("model-problem").hidden = false;
  }
  document.documentElement.dataset.ready = "true";
  // Whoever comes near is about to need it.
  for (const sign of ["pointerover", "focusin", "dragenter"]) addEventListener(sign, cardModule, { once: true });
}

start();
