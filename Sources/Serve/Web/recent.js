// Recent answers, kept in this browser alone: a small picture and the words, until one button clears them.
const KEY = "lineup-recent";
const MOST = 12;
const element = (id) => document.getElementById(id);

function load() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function save(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    localStorage.removeItem(KEY);  // full, or not allowed: then nothing is kept
  }
}

function show() {
  const list = load();
  element("recent-list").replaceChildren(...list.map(({ name, words, picture, at }) => {
    const item = document.createElement("li");
    const image = document.createElement("img");
    image.src = picture;
    image.alt = "";
    image.width = 56;
    image.height = 56;
    const text = document.createElement("div");
    const title = document.createElement("p");
    title.className = "recent-name";
    title.textContent = name;
    const line = document.createElement("p");
    line.textContent = `${words} (${new Date(at).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })})`;
    text.append(title, line);
    item.append(image, text);
    return item;
  }));
  element("recent").hidden = list.length === 0;
}

/** Keeps what was said of a photo, with the middle of it as a small picture. */
export function remember(name, words, picture) {
  const canvas = document.createElement("canvas");
  canvas.width = 56;
  canvas.height = 56;
  const side = Math.min(picture.naturalWidth, picture.naturalHeight);
  if (!(side > 0)) return;
  canvas.getContext("2d").drawImage(
    picture, (picture.naturalWidth - side) / 2, (picture.naturalHeight - side) / 2, side, side, 0, 0, 56, 56);
  save([{ name, words, picture: canvas.toDataURL("image/jpeg", 0.7), at: Date.now() }, ...load()].slice(0, MOST));
}

export function wireRecent() {
  element("clear-recent").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    show();
    element("choose").focus();
  });
  show();
}
