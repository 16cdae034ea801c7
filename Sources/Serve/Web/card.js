// The card of one photo: the picture with its faces marked, and beside it what was found or why nothing was.
import { callBox } from "./calls.js";
import { correctionBox } from "./correction.js";
import { turn } from "./orientation.js";
import { percent, personName, problemWords, reasonSentence, shortName, sizeSentence, stageSentence, truthSentence, unnamedSentence, verdict } from "./wording.js";
import { viewsBox } from "./views.js";

const SVG = "http://www.w3.org/2000/svg";
const COLOURS = 6;

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export class Card {
  constructor(photo, { onRetry }) {
    this.photo = photo;
    this.onRetry = onRetry;
    this.leaving = new AbortController();
    this.node = make("li", "card");
    this.meta = make("span", "card-meta");
    this.stage = make("div", "stage");
    this.side = make("div", "side");
    this.address = URL.createObjectURL(photo.file);
    this.picture = make("img");
    this.picture.alt = `Your photo ${photo.name}`;
    this.picture.src = this.address;
    this.picture.addEventListener("error", () => this.node.classList.add("no-picture"));
    this.frame = make("div", "frame");
    this.frame.append(this.picture);
    this.progress = make("progress", "progress");
    this.progress.max = 1;
    this.progress.setAttribute("aria-label", `Progress of ${photo.name}`);
    this.stage.append(this.frame);
    this.node.append(this.head(), this.stage, this.side);
  }

  /** Aborted when the visitor removes the card: what is under way for it then ends. */
  get signal() { return this.leaving.signal; }

  /** Waits until the picture's size is known, so that nothing moves when it appears; a file that is no picture may take a moment. */
  async sized() {
    await Promise.race([this.picture.decode().catch(() => {}), new Promise((resolve) => { setTimeout(resolve, 700); })]);
    const { naturalWidth: width, naturalHeight: height } = this.picture;
    if (width > 0) this.frame.style.aspectRatio = `${width} / ${height}`;
  }

  head() {
    const head = make("div", "card-head");
    const title = make("h3", null, this.photo.name);
    title.title = this.photo.name;
    const close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", `Remove ${this.photo.name}`);
    close.addEventListener("click", () => this.remove());
    head.append(title, this.meta, close);
    return head;
  }

  remove() {
    this.leaving.abort();
    const neighbour = this.node.nextElementSibling ?? this.node.previousElementSibling;
    this.node.remove();
    URL.revokeObjectURL(this.address);
    if (!neighbour) document.body.classList.remove("has-results");
    (neighbour?.querySelector(".close") ?? document.getElementById("choose")).focus();
  }

  reveal() { this.node.scrollIntoView({ behavior: "instant", block: "start" }); }

  clear() {
    this.side.replaceChildren();
    this.frame.querySelectorAll(".overlay, .tag").forEach((node) => node.remove());
  }

  /** Where the photo is: see `classify` of api.js; `{stage: "waiting"}` and `{stage: "shrinking"}` come before. */
  showStage(stage) {
    if (this.node.dataset.state !== "waiting") {
      this.clear();
      this.node.dataset.state = "waiting";
      this.node.setAttribute("aria-busy", "true");
      this.waiting = make("p", "waiting");
      this.side.append(this.waiting, this.progress);
      for (let row = 0; row < 4; row += 1) this.side.append(make("div", "bone"));
    }
    this.waiting.textContent = stageSentence(stage);
    if (stage.stage === "upload") this.progress.value = stage.part;
    else this.progress.removeAttribute("value");
  }

  settle(state) {
    this.clear();
    this.node.dataset.state = state;
    this.node.removeAttribute("aria-busy");
  }

  /** What the browser had to do to the photo before the server took it. */
  note(text) {
    this.noteText = text;
  }

  addNote() {
    if (this.noteText) this.side.append(make("p", "note", this.noteText));
  }

  showProblem(problem) {
    this.settle("problem");
    const box = make("div", "message problem");
    const { detail, advice } = problemWords(problem);
    box.append(make("h4", null, problem.title), make("p", null, detail), make("p", "advice", advice));
    if ([0, 408, 429, 500, 502, 503, 504].includes(problem.status)) {
      const again = make("button", "button", "Try again");
      again.type = "button";
      again.addEventListener("click", () => this.onRetry());
      box.append(again);
    }
    if (problem.requestId) box.append(make("p", "request", `Request ${problem.requestId}`));
    this.side.append(box);
    this.addNote();
  }

  /** `file` is what the server answered: the photo, or what the browser made of it. */
  async showAnswer(answer, model, file) {
    if (file !== this.photo.file) await this.showInstead(file);
    await turn(this.picture, file, answer);
    this.settle(answer.faces.length > 0 ? "faces" : "none");
    this.meta.textContent = sizeSentence(answer);
    const unnamed = answer.unnamed ?? [];
    if (answer.faces.length + unnamed.length > 0) this.drawOverlay(answer, unnamed);
    if (answer.faces.length === 0) {
      const { title, text } = reasonSentence(answer);
      const box = make("div", "message");
      box.dataset.reason = answer.reason;
      box.append(make("h4", null, title), make("p", null, text));
      this.side.append(box);
    }
    const people = model?.labels.length ?? answer.faces[0]?.scores.length ?? 0;
    answer.faces.forEach((face, index) => {
      const panel = this.facePanel(face, index, answer, people);
      panel.append(viewsBox(face, file));
      if (model?.feedback) panel.append(correctionBox(face, file, answer, model.labels));
      this.side.append(panel);
    });
    if (unnamed.length > 0) this.side.append(this.unnamedPanel(unnamed, answer.faces.length));
    this.addNote();
    this.side.append(callBox(this.photo.name, answer));
  }

  async showInstead(file) {
    const before = this.address;
    this.address = URL.createObjectURL(file);
    this.picture.src = this.address;
    await this.picture.decode().catch(() => {});
    URL.revokeObjectURL(before);
  }

  /** Faces that were seen and not named: each says why. */
  unnamedPanel(unnamed, named) {
    const panel = make("section", "unnamed");
    panel.append(make("h4", null, unnamed.length === 1 ? "One face without a name" : `${unnamed.length} faces without a name`));
    const list = make("ol");
    unnamed.forEach((face, index) => {
      const item = make("li", null, unnamedSentence(face.reason));
      item.prepend(make("b", "number", String(named + index + 1)));
      list.append(item);
    });
    panel.append(list);
    return panel;
  }

  /** Boxes in an SVG whose units are the photo's pixels, so they stay on the faces at every size; names in HTML above. */
  drawOverlay(answer, unnamed) {
    const { width, height } = answer.image;
    const overlay = shape("svg", { class: "overlay", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    const mark = (face, index, kind) => {
      const group = shape("g", { class: `mark ${kind}`, "data-face": index });
      const { box } = face;
      group.append(shape("rect", { class: "box", x: box.x, y: box.y, width: box.width, height: box.height, rx: box.width * 0.06 }));
      for (const eye of face.eyes ?? []) {
        group.append(shape("ellipse", {
          class: "eye", cx: eye.x + eye.width / 2, cy: eye.y + eye.height / 2, rx: eye.width / 2, ry: eye.height / 2,
        }));
      }
      overlay.append(group);
    };
    answer.faces.forEach((face, index) => mark(face, index, `colour-${index % COLOURS}`));
    unnamed.forEach((face, index) => mark(face, answer.faces.length + index, "nameless"));
    this.frame.append(overlay);
    const count = answer.faces.length + unnamed.length;
    answer.faces.forEach((face, index) => this.frame.append(this.tag(face, index, answer.image, count, shortName(face), `colour-${index % COLOURS}`)));
    unnamed.forEach((face, index) => this.frame.append(this.tag(face, answer.faces.length + index, answer.image, count, "", "nameless")));
  }

  tag(face, index, image, count, name, kind) {
    const tag = make("div", `tag ${kind}`);
    tag.setAttribute("aria-hidden", "true");
    if (count > 1 || !name) tag.append(make("b", null, String(index + 1)));
    if (name) tag.append(make("span", null, name));
    const { x, y, width, height } = face.box;
    // Near an edge of the photo the name grows inwards from its box's corner, so that it is never cut off.
    const centre = (x + width / 2) / image.width;
    const anchor = centre < 0.3 ? Math.max(0.01, x / image.width) : centre > 0.7 ? Math.min(0.99, (x + width) / image.width) : centre;
    if (anchor !== centre) tag.classList.add(centre < 0.3 ? "from-left" : "from-right");
    tag.style.left = `${100 * anchor}%`;
    const isBelow = y + height < image.height * 0.9;
    tag.style.top = `${(100 * (isBelow ? y + height : y)) / image.height}%`;
    tag.classList.add(isBelow ? "below" : "above");
    return tag;
  }

  facePanel(face, index, answer, people) {
    const words = verdict(face, people);
    const panel = make("section", `face colour-${index % COLOURS}`);
    panel.dataset.level = words.level;
    const head = make("div", "face-head");
    const text = make("div", "face-words");
    const name = make("h4", null, words.title);
    if (answer.faces.length + (answer.unnamed ?? []).length > 1) name.prepend(make("b", "number", String(index + 1)));
    text.append(name, make("p", "verdict", words.text));
    const truth = truthSentence(face, this.photo.truth);
    if (truth) text.append(make("p", `truth ${truth.isRight ? "right" : "wrong"}`, truth.text));
    head.append(this.crop(face, answer.image), text, make("span", "score", percent(face.score)));
    panel.append(head, this.bars(face));
    const mark = (isOn) => this.frame.querySelector(`[data-face="${index}"]`)?.classList.toggle("active", isOn);
    panel.addEventListener("pointerenter", () => mark(true));
    panel.addEventListener("pointerleave", () => mark(false));
    return panel;
  }

  /** The face cut out of the photo as the browser shows it, which is upright like the server's. */
  crop(face, image) {
    const canvas = make("canvas", "crop");
    canvas.width = 128;
    canvas.height = 128;
    canvas.setAttribute("aria-hidden", "true");
    const draw = () => {
      const scale = this.picture.naturalWidth / image.width;
      const { x, y, width, height } = face.box;
      canvas.getContext("2d").drawImage(this.picture, x * scale, y * scale, width * scale, height * scale, 0, 0, 128, 128);
    };
    if (this.picture.complete && this.picture.naturalWidth > 0) draw();
    else this.picture.addEventListener("load", draw, { once: true });
    return canvas;
  }

  bars(face) {
    const list = make("ol", "bars");
    list.setAttribute("aria-label", "Scores of all people, highest first");
    for (const { label, score } of face.scores) {
      const row = make("li");
      row.dataset.label = label;
      const track = make("span", "track");
      const fill = make("span", "fill");
      fill.style.width = `${Math.max(0.5, score * 100)}%`;
      track.append(fill);
      row.append(make("span", "who", personName(label)), track, make("span", "percent", percent(score)));
      list.append(row);
    }
    return list;
  }
}
