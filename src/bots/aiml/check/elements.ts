import { attributeOf, type Element, isElement } from "../xml.ts";

/** What AIML says about an element of a template. */
interface ElementFacts {
  /** Attributes, which may also be written as child elements. */
  readonly attributes?: readonly string[];
  /** Without any one of these it has nothing to work on. */
  readonly needs?: readonly string[];
  /** It means something only right inside one of these. */
  readonly parents?: readonly string[];
  /** It means something only somewhere inside one of these. */
  readonly within?: readonly string[];
  /** Outside of them it is still shown, or its content is. */
  readonly isShownAnywhere?: true;
}

const INDEXED: ElementFacts = { attributes: ["index"] };
const NAMED: ElementFacts = { attributes: ["name", "var"], needs: ["name", "var"] };
const TRIPLE: ElementFacts = { attributes: ["subj", "pred", "obj"] };
const CLAUSE = ["addtriple", "deletetriple", "q", "notq", "uniq"];
const MESSAGE = ["button", "reply", "link", "card"];

/** Every element of a template that AIML 1.0.1 to 2.1 give a meaning. */
const AIML: ReadonlyMap<string, ElementFacts> = new Map<string, ElementFacts>([
  ["addtriple", TRIPLE],
  ["bot", { attributes: ["name"], needs: ["name"] }],
  ["button", { attributes: ["text", "url", "postback"] }],
  ["card", { attributes: ["title", "subtitle", "image"] }],
  ["carousel", {}],
  ["condition", { attributes: ["name", "var", "value"] }],
  ["date", { attributes: ["format", "jformat", "locale", "timezone"] }],
  ["delay", { attributes: ["seconds"] }],
  ["deletetriple", TRIPLE],
  ["denormalize", {}],
  ["eval", { within: ["learn", "learnf"], isShownAnywhere: true }],
  ["explode", {}],
  ["first", {}],
  ["formal", {}],
  ["gender", {}],
  ["get", { attributes: ["name", "var", "tuple"], needs: ["name", "var"] }],
  ["gossip", {}],
  ["id", {}],
  ["image", { attributes: ["src", "url"] }],
  ["input", INDEXED],
  ["interval", { attributes: ["format", "jformat", "style", "from", "to", "locale", "timezone"] }],
  ["item", { parents: ["list", "olist"], isShownAnywhere: true }],
  ["javascript", {}],
  ["learn", {}],
  ["learnf", {}],
  [
    "li",
    {
      attributes: ["name", "var", "value"],
      parents: ["random", "condition", "ul", "ol", "list", "olist"],
      isShownAnywhere: true,
    },
  ],
  ["link", { attributes: ["text", "url"] }],
  ["list", {}],
  ["location", {}],
  ["loop", { within: ["condition"] }],
  ["lowercase", {}],
  ["map", { attributes: ["name"], needs: ["name"] }],
  ["normalize", {}],
  ["notq", { ...TRIPLE, parents: ["select"] }],
  ["obj", { parents: CLAUSE }],
  ["olist", {}],
  ["oob", {}],
  ["person", {}],
  ["person2", {}],
  ["postback", { parents: MESSAGE }],
  ["pred", { parents: CLAUSE }],
  ["program", {}],
  ["q", { ...TRIPLE, parents: ["select"] }],
  ["random", {}],
  ["reply", { attributes: ["text", "postback"] }],
  ["request", INDEXED],
  ["resetlearn", {}],
  ["resetlearnf", {}],
  ["response", INDEXED],
  ["rest", {}],
  ["select", { attributes: ["vars"] }],
  ["sentence", {}],
  ["set", NAMED],
  ["size", {}],
  ["split", {}],
  ["sr", {}],
  ["srai", {}],
  [
    "sraix",
    {
      attributes:
        "apikey bot botid default hint host limit locale server service timeout token".split(" "),
    },
  ],
  ["star", INDEXED],
  ["subj", { parents: CLAUSE }],
  ["subtitle", { parents: ["card"], isShownAnywhere: true }],
  ["system", { attributes: ["timeout"] }],
  ["text", { parents: MESSAGE, isShownAnywhere: true }],
  ["that", INDEXED],
  ["thatstar", INDEXED],
  ["think", {}],
  ["title", { parents: ["card"], isShownAnywhere: true }],
  ["topicstar", INDEXED],
  ["uniq", TRIPLE],
  ["uppercase", {}],
  ["url", { parents: [...MESSAGE, "image", "video"], isShownAnywhere: true }],
  ["vars", { parents: ["select"] }],
  ["version", {}],
  ["video", { attributes: ["src", "url"] }],
  ["vocabulary", {}],
]);

/** HTML that answers hold: only its text reaches a phone, and that is meant. */
const HTML: ReadonlySet<string> = new Set(
  "a abbr b big blockquote br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ol p pre s small span strike strong sub sup table tbody td th thead tr tt u ul".split(
    " ",
  ),
);

/** Elements that are parts of a category, and have no place in a template. */
export const CATEGORY_PARTS: readonly string[] = ["pattern", "intent", "that", "topic", "template"];

/** What AIML says about an element; undefined where it says nothing. */
export function factsOf(name: string): ElementFacts | undefined {
  return AIML.get(name);
}

/** Whether answers may hold it as markup. */
export function isMarkup(name: string): boolean {
  return HTML.has(name);
}

/** The names that a misspelt element may have meant. */
export function elementNames(): readonly string[] {
  return [...AIML.keys()];
}

/** Whether a child element is its parent's attribute, written out. */
export function isAttributeOf(child: Element, parent: Element): boolean {
  const isKnown = factsOf(parent.name)?.attributes?.includes(child.name) ?? false;
  return isKnown && child.attributes.length === 0;
}

/** Whether an element has an attribute, in either form. */
export function hasAttribute(element: Element, name: string): boolean {
  return (
    attributeOf(element, name) !== undefined ||
    element.children.some((child) => isElement(child) && child.name === name)
  );
}

/** An attribute's value where no template has to run for it. */
export function constantAttribute(element: Element, name: string): string | undefined {
  const written = attributeOf(element, name);
  if (written !== undefined) return written;
  const child = element.children.filter(isElement).find((each) => each.name === name);
  if (!child || child.children.some(isElement)) return undefined;
  return child.children.join("").trim();
}
