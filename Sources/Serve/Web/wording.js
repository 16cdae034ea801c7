// Every sentence that depends on an answer.

/** "maria_sharapova" as people write it: "Maria Sharapova". */
export function personName(label) {
  return label.replace(/[_-]+/g, " ").trim().replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
}

/** 0.943 as "94 %"; never "100 %" or "0 %" for what is not quite so. */
export function percent(score) {
  const value = Math.round(score * 100);
  if (value === 100 && score < 1) return "> 99 %";
  if (value === 0 && score > 0) return "< 1 %";
  return `${value} %`;
}

/** What is to be thought of a face, in words that grow weaker with the score. */
export function verdict(face, people) {
  const best = personName(face.scores[0].label);
  if (!face.known) return { level: "unknown", title: "Nobody I know", text: `Unlike all ${people} people I have learned. ${best} comes closest.` };
  if (face.score >= 0.9) return { level: "sure", title: best, text: "I am quite sure." };
  if (face.score >= 0.7) return { level: "likely", title: best, text: "Likely, but not certain." };
  if (face.score >= 0.5) return { level: "maybe", title: `${best}, perhaps`, text: "More likely than everybody else together, yet far from certain." };
  return { level: "unsure", title: `Not sure. ${best}?`, text: `Of the ${people} people I know, ${best} comes closest. It may well be somebody else.` };
}

/** The name on the photo itself: as sure as the card is. */
export function shortName(face) {
  if (!face.known) return "unknown";
  const name = personName(face.label);
  return face.score >= 0.7 ? name : face.score >= 0.5 ? `${name}, perhaps` : `${name}?`;
}

/** Why a face that was seen has no name. */
export function unnamedSentence(reason) {
  switch (reason) {
    case "no_eyes": return "Two eyes cannot be seen.";
    case "too_small": return "Too small to be told from others.";
    case "too_many": return "The photo shows more faces than are named at once.";
    case "doubtful": return "Perhaps not a face.";
    default: return "Not clear enough to be named.";
  }
}

/** Where a photo is on its way. */
export function stageSentence({ stage, part, seconds }) {
  switch (stage) {
    case "shrinking": return "Shrinking the photo…";
    case "upload": return part > 0 && part < 1 ? `Sending the photo: ${Math.round(part * 100)} %` : "Sending the photo…";
    case "search": return "Looking for faces…";
    case "busy": return `The server is busy. Trying again in ${seconds} s…`;
    default: return "Waiting…";
  }
}

/** Whether a sample's answer is right, where the truth is known. */
export function truthSentence(face, truth) {
  if (!truth) return null;
  return face.label === truth ? { isRight: true, text: "That is right." }
    : { isRight: false, text: `That is wrong: this is ${personName(truth)}.` };
}

export function reasonSentence(answer) {
  const { width, height } = answer.image;
  switch (answer.reason) {
    case "no_eyes":
      return { title: "A face, but not two eyes",
        text: "I only name faces that show both eyes. Sunglasses, hair or a face seen from the side hide them; a photo looking into the camera helps." };
    case "too_small":
      return { title: "This photo is too small",
        text: `It has ${width} × ${height} pixels, less than the smallest face I can see. Try a larger version.` };
    default:
      return { title: "No face found",
        text: "I look for faces seen from the front. Try a photo in which the face is upright, well lit and not too small." };
  }
}

/** What a problem says to programs, in a visitor's words where those differ. */
export function problemWords({ type, detail, advice }) {
  switch (type) {
    case "urn:lineup:problem:no-photo": return { detail: "The file is empty.", advice: "Choose the photo again, or another one." };
    default: return { detail, advice };
  }
}

export function limitsSentence(model) {
  const names = { "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP" };
  const formats = model.formats.map((format) => names[format] ?? format);
  const last = formats.pop();
  const list = formats.length > 0 ? `${formats.join(", ")} or ${last}` : last;
  return `${list}, up to ${trimmed(model.limits.bytes / 1e6)} MB and ${trimmed(model.limits.pixels / 1e6)} megapixels`;
}

const trimmed = (value) => String(Math.round(value * 10) / 10);

/** What a screen reader says when an answer has come. */
export function spoken(photo, outcome) {
  if (outcome.problem) return `${photo.name}: ${outcome.problem.title}. ${outcome.problem.advice ?? ""}`;
  const { answer } = outcome;
  if (answer.faces.length === 0) return `${photo.name}: ${reasonSentence(answer).title}.`;
  const faces = answer.faces.map((face) => `${verdict(face, face.scores.length).title}, ${percent(face.score)}`);
  return `${photo.name}: ${faces.length === 1 ? "one face" : `${faces.length} faces`}: ${faces.join("; ")}.`;
}

export function sizeSentence(answer) {
  const { decode, detect, classify } = answer.milliseconds;
  const total = decode + detect + classify;
  return `${answer.image.width} × ${answer.image.height} pixels, ${total < 10 ? total.toFixed(1) : Math.round(total)} ms`;
}
