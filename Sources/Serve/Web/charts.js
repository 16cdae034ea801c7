// What the model says of itself, drawn: who was taken for whom, each person's scores, and strangers against known people.
import { percent, personName } from "./wording.js";

const SVG = "http://www.w3.org/2000/svg";
/** A matrix of more people is a list of who was taken for whom most. */
const MOST_IN_MATRIX = 12;
const MOST_IN_LIST = 40;

function make(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content);
  return node;
}

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function table(caption, heads, rows) {
  const head = make("thead", null, make("tr", null, ...heads.map((text) => {
    const cell = make("th", null, text);
    cell.scope = "col";
    return cell;
  })));
  const body = make("tbody", null, ...rows.map((cells) => make("tr", null, ...cells.map((content, index) => {
    const cell = make(index === 0 ? "th" : "td", null);
    if (index === 0) cell.scope = "row";
    if (content?.share !== undefined) {
      cell.className = content.isRight ? "right" : "wrong";
      cell.style.setProperty("--share", content.share);
      cell.textContent = content.count;
    } else {
      cell.textContent = content;
    }
    return cell;
  }))));
  const scroll = make("div", "scroll", make("table", null, make("caption", null, caption), head, body));
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", caption);
  return scroll;
}

/** Of entries `[truth, said, count]`: sums by what stands at `place`. */
function sums(entries, people, place) {
  const all = new Array(people).fill(0);
  for (const entry of entries) all[entry[place]] += entry[2];
  return all;
}

function matrix(model, photos) {
  const names = model.labels.map(personName);
  const counts = new Map(model.confusion.map(([truth, said, count]) => [`${truth},${said}`, count]));
  const rows = names.map((name, truth) => [`${truth + 1} ${name}`, ...names.map((_, said) => {
    const count = counts.get(`${truth},${said}`) ?? 0;
    return { count: String(count), share: count / Math.max(1, photos[truth]), isRight: truth === said };
  })]);
  const box = table("Rows: who it is. Columns: what was said.", ["Who it is", ...names.map((_, index) => String(index + 1))], rows);
  box.classList.add("matrix");
  return box;
}

function list(model) {
  const name = (place) => personName(model.labels[place]);
  const wrong = model.confusion.filter(([truth, said]) => truth !== said).sort((a, b) => b[2] - a[2]).slice(0, MOST_IN_LIST);
  return table("Who was taken for whom most", ["Who it is", "Taken for", "How often"], wrong.map(
    ([truth, said, count]) => [name(truth), name(said), String(count)]));
}

/** The confusion matrix, and each person's share of right answers: of their own photos, and of all that got their name. */
export function mixups(model) {
  const people = model.labels.length;
  const photos = sums(model.confusion, people, 0);
  const named = sums(model.confusion, people, 1);
  const right = new Array(people).fill(0);
  for (const [truth, said, count] of model.confusion) if (truth === said) right[truth] = count;
  const share = (part, whole) => (whole > 0 ? percent(part / whole) : "–");
  const scores = table("Each person's scores", ["Person", "Photos", "Of these named right", "Of those with the name"], model.labels.map(
    (label, place) => [personName(label), String(photos[place]), share(right[place], photos[place]), share(right[place], named[place])]));
  return [people > MOST_IN_MATRIX ? list(model) : matrix(model, photos), scores];
}

/** Known people that keep their names, upwards, against strangers that get one, to the right; a dot where the model stands. */
export function strangersCurve({ curve, falseAcceptRate, falseRejectRate }) {
  const [width, height, left, bottom] = [360, 200, 44, 36];
  const x = (rate) => left + rate * (width - left - 8);
  const y = (rate) => 8 + (1 - rate) * (height - bottom - 8);
  const picture = shape("svg", { viewBox: `0 0 ${width} ${height}`, class: "curve", role: "img" });
  picture.setAttribute("aria-label", `Where ${percent(falseAcceptRate)} of strangers get a name, ${percent(1 - falseRejectRate)} of known people keep theirs.`);
  const text = (words, place) => {
    const node = shape("text", place);
    node.textContent = words;
    picture.append(node);
  };
  for (const step of [0, 0.5, 1]) {
    picture.append(shape("path", { class: "grid", d: `M${x(0)} ${y(step)}H${x(1)}M${x(step)} ${y(0)}V${y(1)}` }));
    text(percent(step), { x: left - 6, y: y(step) + 4, "text-anchor": "end" });
    text(percent(step), { x: x(step), y: y(0) + 14, "text-anchor": step === 0 ? "start" : step === 1 ? "end" : "middle" });
  }
  const points = [...curve].sort((a, b) => a.falseAcceptRate - b.falseAcceptRate || b.falseRejectRate - a.falseRejectRate);
  picture.append(shape("polyline", { points: points.map((point) => `${x(point.falseAcceptRate)},${y(1 - point.falseRejectRate)}`).join(" ") }));
  picture.append(shape("circle", { cx: x(falseAcceptRate), cy: y(1 - falseRejectRate), r: 5 }));
  text("strangers that get a name", { x: x(0.5), y: height - 4, "text-anchor": "middle" });
  return make("figure", "curve-box", picture, make("figcaption", null,
    "Upwards: known people that keep their name. The dot is the model as it is."));
}
