// How a program asks for the same answer, and the answer as it came.
import { classifyAddress } from "./api.js";

/** In single quotes, as a shell reads them. */
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

export const curlCall = (name) => `curl -F ${quoted(`file=@"${name}"`)} ${quoted(classifyAddress())}`;

export const pythonCall = (name) => [
  "import requests",
  `with open(${JSON.stringify(name)}, "rb") as photo:`,
  `    print(requests.post(${JSON.stringify(classifyAddress())}, files={"file": photo}).json())`,
].join("\n");

/** A closed box with three texts and a button that copies the one shown. */
export function callBox(name, answer) {
  const texts = { curl: curlCall(name), Python: pythonCall(name), JSON: JSON.stringify(answer, null, 2) };
  const box = document.createElement("details");
  box.className = "calls";
  const summary = document.createElement("summary");
  summary.textContent = "For programs";
  const row = document.createElement("div");
  row.className = "call-row";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Show the call as");
  const shown = document.createElement("pre");
  shown.tabIndex = 0;
  shown.setAttribute("aria-label", "The call or answer");
  const copy = button("Copy");
  const show = (kind) => {
    shown.textContent = texts[kind];
    for (const node of row.querySelectorAll("[data-kind]")) node.setAttribute("aria-pressed", String(node.dataset.kind === kind));
  };
  for (const kind of Object.keys(texts)) {
    const choice = button(kind);
    choice.dataset.kind = kind;
    choice.addEventListener("click", () => show(kind));
    row.append(choice);
  }
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(shown.textContent);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(shown);
      copy.textContent = "Selected: copy it";
    }
  });
  row.append(copy);
  show("curl");
  box.append(summary, row, shown);
  return box;
}

function button(text) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "button small";
  node.textContent = text;
  return node;
}
