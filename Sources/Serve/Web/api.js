// The server's API as the page uses it. Paths are relative, so that the page also works behind a proxy's sub-path.
const MAXIMUM_RETRIES = 3;

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export const loadModel = () => get("api/model");

export const loadSamples = async () => (await get("api/samples")).samples.map((sample) => ({
  ...sample, url: sample.url.replace(/^\//, ""), thumbnail: sample.thumbnail.replace(/^\//, ""),
}));

const rect = ({ x, y, width, height }) => [x, y, width, height].join();

/** Sends who a face really is, null for somebody unknown; null when it is kept, else the problem. */
export async function sendCorrection(file, box, shown, right, model) {
  const query = new URLSearchParams({ box: rect(box), model });
  if (shown !== null) query.set("shown", shown);
  if (right !== null) query.set("right", right);
  return (await post(`api/feedback?${query}`, file)).problem ?? null;
}

/** `{pictures}` of what features are measured on, or `{problem}`. */
export function loadViews(file, box, eyes) {
  const query = new URLSearchParams([["box", rect(box)], ...eyes.map((eye) => ["eyes", rect(eye)])]);
  return post(`api/views?${query}`, file);
}

async function post(path, file) {
  const form = new FormData();
  form.append("file", file, "photo");
  try {
    const response = await fetch(path, { method: "POST", body: form });
    const body = parsed(await response.text());
    if (response.ok && body) return body;
    return { problem: body?.title ? body : foreign(response.status) };
  } catch {
    return { problem: unreachable };
  }
}

/** Where a program sends photos, as a whole address. */
export const classifyAddress = () => new URL("api/classify", document.baseURI).href;

/**
 * `{answer}`, `{problem}`, or `{}` once `signal` is aborted; waits and asks again while the server is busy, and never throws.
 * `onStage` hears of the way of the photo: `{stage: "upload", part: 0...1}`, `{stage: "search"}`, `{stage: "busy", seconds}`.
 */
export async function classify(file, name, { onStage, signal }) {
  for (let attempt = 0; ; attempt += 1) {
    const { outcome, retryAfter } = await ask(file, name, onStage, signal);
    if (signal.aborted) return {};
    if (retryAfter === null || attempt >= MAXIMUM_RETRIES) return outcome;
    const seconds = Math.min(30, Math.max(1, retryAfter)) * (attempt + 1);
    onStage({ stage: "busy", seconds });
    await sleep(seconds, signal);
  }
}

function sleep(seconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** One request. Only XMLHttpRequest says how much of a body has been sent. */
function ask(file, name, onStage, signal) {
  const form = new FormData();
  form.append("file", file, name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const give = (outcome, retryAfter = null) => resolve({ outcome, retryAfter });
    request.open("POST", "api/classify");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onStage({ stage: "upload", part: event.loaded / event.total });
    });
    request.upload.addEventListener("load", () => onStage({ stage: "search" }));
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      if (request.status === 200 && body) return give({ answer: body });
      const isBusy = request.status === 503 || request.status === 429;
      const after = isBusy ? request.getResponseHeader("Retry-After") : null;
      return give({ problem: body && body.title ? body : foreign(request.status) }, after === null ? null : Number(after) || 1);
    });
    request.addEventListener("error", () => give({ problem: unreachable }));
    request.addEventListener("abort", () => give({}));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    onStage({ stage: "upload", part: 0 });
    request.send(form);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const unreachable = {
  status: 0,
  title: "The server cannot be reached",
  detail: "No answer came back for this photo.",
  advice: "Check your connection and try again.",
};

/** An error that did not come from Lineup: a proxy in between, most likely. */
const foreign = (status) => (status === 413
  ? { status, title: "The photo is too large", detail: "Something between you and the server refused its size.", advice: "Try a smaller photo." }
  : { status, title: "Something between you and the server failed", detail: `It answered with status ${status}.`, advice: "Try again in a moment." });
