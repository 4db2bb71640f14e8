import { endOf, escapeXml, startOf } from "./markup.ts";
import { type BotFacts, type Compiler, changed, constant, type Piece, type Tag } from "./piece.ts";
import { attributeOf, type Element, isElement, type Node } from "./xml.ts";

/** Makes the compiler of one bot's templates. */
export function createCompiler(tags: ReadonlyMap<string, Tag>, bot: BotFacts): Compiler {
  const compile = (node: Node): Piece => {
    if (!isElement(node)) return constant(node.replace(/\s+/g, " "));
    return (tags.get(node.name) ?? markup)(node, compiler);
  };
  const compiler: Compiler = {
    bot,
    content(element, attributes = []) {
      const nodes = element.children.filter(
        (node) => !isElement(node) || !attributes.includes(node.name),
      );
      return together(nodes.map(compile));
    },
    attribute(element, name) {
      const written = attributeOf(element, name);
      if (written !== undefined) return constant(written);
      const child = element.children.find((node) => isElement(node) && node.name === name);
      return child && isElement(child)
        ? changed(compiler.content(child), (text) => text.trim())
        : undefined;
    },
  };
  return compiler;
}

/** An element without a meaning of its own stays as it is, with its inside evaluated. */
function markup(element: Element, compiler: Compiler): Piece {
  const attributes = element.attributes
    .map(([name, value]) => `${name}="${escapeXml(value)}"`)
    .join(" ");
  const name = element.written ?? element.name;
  if (element.children.length === 0) return constant(startOf(name, attributes, true));
  const start = startOf(name, attributes, false);
  const end = endOf(name);
  return changed(compiler.content(element), (inside) => start + inside + end);
}

/** How many elements are open at once while the nodes are evaluated. */
export function nestingOf(nodes: readonly Node[]): number {
  let deepest = 0;
  for (const node of nodes)
    if (isElement(node)) deepest = Math.max(deepest, 1 + nestingOf(node.children));
  return deepest;
}

function together(pieces: readonly Piece[]): Piece {
  const [first, second] = pieces;
  if (!first) return constant("");
  if (!second) return first;
  return (frame) => {
    let text = "";
    for (const piece of pieces) {
      text += piece(frame);
      if (!frame.turn.permits(text)) return "";
    }
    return text;
  };
}
