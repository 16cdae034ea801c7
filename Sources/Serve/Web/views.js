// "What the model sees": the pictures that features are measured on, asked for when somebody wants to see them.
import { loadViews } from "./api.js";

const CAPTIONS = { upright: "Upright by the eyes", even_light: "In even light", wavelet: "Wavelet details" };

/** A closed box that loads its pictures when it is opened first; `file` is what the server was asked about. */
export function viewsBox(face, file) {
  const box = document.createElement("details");
  box.className = "views";
  const summary = document.createElement("summary");
  summary.textContent = "What the model sees";
  const row = document.createElement("div");
  row.className = "views-row";
  row.setAttribute("role", "status");
  box.append(summary, row);
  box.addEventListener("toggle", async () => {
    if (!box.open || row.dataset.state) return;
    row.dataset.state = "loading";
    row.textContent = "Loading…";
    const { pictures, problem } = await loadViews(file, face.box, face.eyes);
    if (problem) {
      delete row.dataset.state;
      row.textContent = `${problem.title}. ${problem.advice ?? ""}`;
      return;
    }
    row.dataset.state = "done";
    row.replaceChildren(...pictures.map(({ name, png }) => {
      const figure = document.createElement("figure");
      const image = document.createElement("img");
      [image.width, image.height, image.alt] = [160, 160, ""];
      image.src = `data:image/png;base64,${png}`;
      const caption = document.createElement("figcaption");
      caption.textContent = CAPTIONS[name] ?? name;
      figure.append(image, caption);
      return figure;
    }));
  });
  return box;
}
