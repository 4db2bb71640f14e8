import { isProblem, toCategory } from "../categories.ts";
import { MAX_LEARNED_LENGTH } from "../limits.ts";
import { toTree } from "../markup-tree.ts";
import { type Audience, type Compiler, type Frame, permitted, type Tag } from "../piece.ts";
import { type Element, isElement, type Node } from "../xml.ts";

/** `<learn>`: adds its categories to the person's own; only what stands in `<eval>` is evaluated now. */
export const learn: Tag = teach("person");

/** `<learnf>`: adds its categories for everybody. */
export const learnForAll: Tag = teach("everybody");

/** `<resetlearn/>` and `<resetlearnf/>`: forget what was learned, and the bot's own categories are back. */
export function unlearn(audience: Audience): Tag {
  return () => (frame) => {
    frame.turn.unlearn(audience);
    return "";
  };
}

/** `<eval>` outside of `<learn>`: its content. */
export const evaluated: Tag = (element, compiler) => compiler.content(element);

function teach(audience: Audience): Tag {
  return (element, compiler) => {
    const categories = element.children.filter(isElement);
    const filled = categories.map((category) => fill(category, compiler));
    return (frame) => {
      for (const category of filled) {
        const made = category(frame);
        if (lengthOf(made) > MAX_LEARNED_LENGTH) frame.turn.stop("learned");
        for (const element of made.filter(isElement)) {
          if (!frame.turn.permits("")) return "";
          const read = toCategory(element, "learned", []);
          if (!isProblem(read)) frame.turn.learn(read, audience);
        }
      }
      return "";
    };
  };
}

/** Makes a copy of a node with the evaluated parts filled in. */
type Fill = (frame: Frame) => readonly Node[];

function fill(node: Node, compiler: Compiler): Fill {
  if (!isElement(node)) return () => [node];
  if (node.name === "eval") return evaluatedNodes(node, compiler);
  const children = node.children.map((child) => fill(child, compiler));
  return (frame) => [{ ...node, children: children.flatMap((child) => child(frame)) }];
}

function evaluatedNodes(element: Element, compiler: Compiler): Fill {
  const content = compiler.content(element);
  return (frame) => toTree(permitted(frame, content(frame)));
}

function lengthOf(nodes: readonly Node[]): number {
  return nodes.reduce(
    (length, node) => length + (isElement(node) ? lengthOf(node.children) : node.length),
    0,
  );
}
