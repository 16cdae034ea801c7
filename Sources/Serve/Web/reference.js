// Shows the API's own description (OpenAPI 3.1) for people to read.
const address = new URL("../../api/openapi.json", import.meta.url);

function make(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content.filter((part) => part !== undefined && part !== null && part !== ""));
  return node;
}

/** Text in which `words` between backquotes are code. */
const prose = (text, className = "about-text") => make("p", className, ...(text ?? "").split("`").map(
  (part, index) => (index % 2 === 1 ? make("code", null, part) : part)));

let description;

/** What a `$ref` stands for. */
function resolved(node) {
  if (!node?.$ref) return node ?? {};
  return node.$ref.replace(/^#\//, "").split("/").reduce((at, part) => at[part.replaceAll("~1", "/")], description);
}

/** A schema's type in a few words. */
function kind(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.oneOf) return schema.oneOf.map(kind).join(" or ");
  if (schema.type === "array") return `list of ${kind(schema.items) || "anything"}`;
  return [schema.type ?? "any"].flat().join(" or ");
}

function table(caption, heads, rows) {
  const head = make("thead", null, make("tr", null, ...heads.map((text) => { const cell = make("th", null, text); cell.scope = "col"; return cell; })));
  const body = make("tbody", null, ...rows.map((row) => make("tr", null, ...row.map((part, index) => {
    const cell = make(index === 0 ? "th" : "td", null, part);
    if (index === 0) cell.scope = "row";
    return cell;
  }))));
  const scroll = make("div", "scroll", make("table", null, make("caption", null, caption), head, body));
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", caption);
  return scroll;
}

const code = (text) => make("code", null, text);

function operation(method, path, about) {
  const box = make("section", "operation", make("h3", null, make("b", "method", method.toUpperCase()), code(path)), prose(about.summary));
  if (about.description) box.append(prose(about.description));
  const parameters = (about.parameters ?? []).map(resolved);
  if (parameters.length > 0) {
    box.append(table(`Parameters of ${path}`, ["Parameter", "In", "Type", "Meaning"], parameters.map((parameter) => [
      code(parameter.name), parameter.in + (parameter.required ? ", required" : ""), kind(parameter.schema),
      parameter.description ?? (parameter.schema?.default !== undefined ? `${JSON.stringify(parameter.schema.default)} by default` : ""),
    ])));
  }
  const body = resolved(about.requestBody);
  if (body.content) {
    box.append(table(`Bodies of ${path}`, ["Body", "Type"], Object.entries(body.content).map(([type, { schema }]) => [
      code(type), schema?.properties ? Object.keys(schema.properties).join(", ") : kind(schema),
    ])));
  }
  box.append(table(`Answers of ${path}`, ["Status", "Body", "Meaning"], Object.entries(about.responses).map(([status, response]) => {
    const { description: words, content } = resolved(response);
    const bodies = Object.entries(content ?? {}).map(([type, { schema }]) => `${type}${schema?.$ref || schema?.oneOf ? `: ${kind(schema)}` : ""}`);
    return [status, bodies.join(", "), words];
  })));
  return box;
}

function schema(name, about) {
  const box = make("section", "operation", make("h3", null, code(name)));
  box.id = `schema-${name}`;
  if (about.description) box.append(prose(about.description));
  const members = Object.entries(about.properties ?? {});
  if (members.length > 0) {
    box.append(table(`Members of ${name}`, ["Member", "Type", "Meaning"], members.map(([member, its]) => [
      code(member), kind(its) + ((about.required ?? []).includes(member) ? "" : ", may be missing"), its.description ?? "",
    ])));
  }
  return box;
}

async function show() {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  description = await response.json();
  const place = document.getElementById("reference");
  place.replaceChildren(prose(description.info.description));
  for (const { name } of description.tags) {
    const section = make("section", "about", make("h2", null, name[0].toUpperCase() + name.slice(1)));
    for (const [path, methods] of Object.entries(description.paths)) {
      for (const [method, about] of Object.entries(methods)) {
        if (about.tags?.includes(name)) section.append(operation(method, path, about));
      }
    }
    place.append(section);
  }
  place.append(make("section", "about", make("h2", null, "Objects"), ...Object.entries(description.components.schemas).map(([name, about]) => schema(name, about))));
  document.documentElement.dataset.ready = "true";
}

show().catch((error) => {
  document.getElementById("state").textContent = `The description could not be loaded (${error.message}). Load the page again in a moment.`;
});
