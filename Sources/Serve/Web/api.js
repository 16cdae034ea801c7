// The server's API as the page uses it. Paths are relative, so that the page also works behind a proxy's sub-path.
const MAXIMUM_RETRIES = 3;

const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export const loadModel = () => get("api/model");

export const loadSamples = async () => (await get("api/samples")).samples.map((sample) => ({
  ...sample, url: sample.url.replace(/^\//, ""),
}));

/** `{answer}` or `{problem}`; waits and asks again while the server is busy, and never throws. */
export async function classify(file, name, onWait) {
  for (let attempt = 0; ; attempt += 1) {
    onWait("Looking for faces…");
    const { outcome, retryAfter } = await ask(file, name);
    if (retryAfter === null || attempt >= MAXIMUM_RETRIES) return outcome;
    const seconds = Math.min(30, Math.max(1, retryAfter)) * (attempt + 1);
    onWait(`The server is busy. Trying again in ${seconds} s…`);
    await sleep(seconds);
  }
}

async function ask(file, name) {
  const form = new FormData();
  form.append("file", file, name);
  let response;
  try {
    response = await fetch("api/classify", { method: "POST", body: form });
  } catch {
    return { outcome: { problem: unreachable }, retryAfter: null };
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return { outcome: { answer: body }, retryAfter: null };
  const retryAfter = response.status === 503 || response.status === 429 ? response.headers.get("Retry-After") : null;
  return {
    outcome: { problem: body && body.title ? body : foreign(response.status) },
    retryAfter: retryAfter === null ? null : Number(retryAfter) || 1,
  };
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
