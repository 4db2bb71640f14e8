import { SaxesParser } from "saxes";
import { type Answer, MAX_ANSWER_BYTES } from "./exchange.ts";

/** What Twilio is told to do by an answer. */
export type Verb =
  | {
      readonly kind: "message";
      readonly text: string;
      readonly media: readonly string[];
      readonly attributes: Attributes;
    }
  | { readonly kind: "redirect"; readonly url: string; readonly attributes: Attributes };

type Attributes = Readonly<Record<string, string>>;

export type Reading =
  | { readonly kind: "verbs"; readonly verbs: readonly Verb[] }
  | { readonly kind: "refused"; readonly errorCode: number };

const TWIML_TYPES = ["text/xml", "application/xml", "text/html"];

/** Reads a webhook's answer as Twilio does: by its content type, plain text is a message to the person. */
export function readAnswer({ status, headers, body, bytes }: Answer): Reading {
  if (status === 204) return { kind: "verbs", verbs: [] };
  if (bytes > MAX_ANSWER_BYTES) return refused(11750);
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!type) return refused(11200);
  if (type === "text/plain") return { kind: "verbs", verbs: plainText(body) };
  return TWIML_TYPES.includes(type) ? readTwiml(body) : refused(12300);
}

function refused(errorCode: number): Reading {
  return { kind: "refused", errorCode };
}

function plainText(text: string): readonly Verb[] {
  return text.trim() === "" ? [] : [{ kind: "message", text, media: [], attributes: {} }];
}

/** Names are told apart by case, as in any XML. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  "": ["Response"],
  Response: ["Message", "Redirect"],
  Message: ["Body", "Media"],
};

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Message: ["to", "from", "action", "statusCallback", "method"],
  Redirect: ["method"],
};

interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly members: Element[];
  text: string;
}

class TwimlError extends Error {}

function readTwiml(xml: string): Reading {
  try {
    return { kind: "verbs", verbs: (parse(xml).members[0]?.members ?? []).map(toVerb) };
  } catch (error) {
    // A known shape with unknown names, or no XML at all.
    return refused(error instanceof TwimlError ? 12200 : 12100);
  }
}

function parse(xml: string): Element {
  const document: Element = { name: "", attributes: {}, members: [], text: "" };
  const open = [document];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, members: [], text: "" };
    const parent = open.at(-1) ?? document;
    check(parent, element);
    parent.members.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(xml).close();
  return document;
}

function check(parent: Element, { name, attributes }: Element): void {
  if (!MEMBERS[parent.name]?.includes(name)) throw new TwimlError(name);
  const unknown = Object.keys(attributes).find(
    (attribute) => !ATTRIBUTES[name]?.includes(attribute) && !attribute.startsWith("xmlns"),
  );
  if (unknown !== undefined) throw new TwimlError(unknown);
}

/** Several bodies are one text; a message without any is its own text. */
function toVerb({ name, attributes, members, text }: Element): Verb {
  if (name === "Redirect") return { kind: "redirect", url: text.trim(), attributes };
  const bodies = members.filter((member) => member.name === "Body");
  const media = members.filter((member) => member.name === "Media");
  return {
    kind: "message",
    text: bodies.length > 0 ? bodies.map((body) => body.text).join("") : text.trim(),
    media: media.map((item) => item.text.trim()),
    attributes,
  };
}
