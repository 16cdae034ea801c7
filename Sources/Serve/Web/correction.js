// "Wrong? Tell us": who a face really is, where the operator keeps such words.
import { sendCorrection } from "./api.js";
import { personName } from "./wording.js";

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** A closed box in which a person can be chosen and sent; `file` is what the server was asked about. */
export function correctionBox(face, file, answer, labels) {
  const box = make("details", "correction");
  const row = make("div", "correction-row");
  const label = make("label", null, "This is ");
  const choice = make("select");
  for (const name of labels.filter((name) => name !== face.label)) {
    const option = make("option", null, personName(name));
    option.value = name;
    choice.append(option);
  }
  const other = make("option", null, "somebody else");
  other.value = "";
  choice.append(other);
  label.append(choice);
  const send = make("button", "button small", "Send");
  send.type = "button";
  const said = make("p", "note", "The face and what you say of it are kept on the server; the rest of the photo is not.");
  said.setAttribute("role", "status");
  send.addEventListener("click", async () => {
    send.disabled = true;
    const problem = await sendCorrection(file, face.box, face.known ? face.label : null, choice.value || null, answer.model.id);
    said.textContent = problem ? `${problem.title}. ${problem.advice ?? ""}` : "Thank you. The face is kept.";
    if (problem) send.disabled = false;
    else row.remove();
  });
  row.append(label, send);
  box.append(make("summary", null, "Wrong? Tell us"), row, said);
  return box;
}
