import { type BotFile, decodeBotFile } from "../../../src/bots/aiml/bot-file.ts";
import { escapeXml } from "../../../src/bots/aiml/markup.ts";
import type { Dice } from "./dice.ts";
import { mutated, randomText, randomWord } from "./mutate.ts";

/** The files of a bot that uses everything there is, rarely in a sensible way; some are damaged. */
export function randomBot(dice: Dice): BotFile[] {
  const pairs = () => JSON.stringify(dice.some(6, () => [randomKey(dice), randomValue(dice)]));
  const members = () => JSON.stringify(dice.some(6, () => randomMember(dice)));
  return [
    { name: "bot.aiml", text: randomAiml(dice) },
    { name: "more.aiml", text: randomAiml(dice) },
    ...["s.set", "number.set", "__proto__.set"].map((name) => ({ name, text: members() })),
    ...PAIR_FILES.map((name) => ({ name, text: pairs() })),
  ]
    .filter(() => !dice.onceIn(5))
    .map((file) => (dice.onceIn(6) ? { ...file, text: mutated(dice, file.text) } : file))
    .map((file) => (dice.onceIn(20) ? { ...file, text: withBadBytes(dice, file.text) } : file));
}

const PAIR_FILES = [
  "m.map",
  "__proto__.map",
  "successor.map",
  ..."normal denormal person person2 gender".split(" ").map((name) => `${name}.substitution`),
  "a.properties",
  "a.pdefaults",
];

function withBadBytes(dice: Dice, text: string): string {
  const bytes = dice.onceIn(4) ? Buffer.from(`\uFEFF${text}`, "utf16le") : Buffer.from(text);
  for (const at of dice.some(20, () => dice.upTo(bytes.length))) bytes[at] = dice.upTo(256);
  return decodeBotFile(bytes);
}

function randomMember(dice: Dice): string | string[] {
  return dice.onceIn(3) ? [randomWord(dice), randomKey(dice)] : randomWord(dice);
}

function randomKey(dice: Dice): string {
  const [before, after] = [dice.oneOf(["", " "]), dice.oneOf(["", " "])];
  return before + dice.oneOf([randomWord(dice), dice.oneOf(NAMES), randomText(dice)]) + after;
}

function randomValue(dice: Dice): string {
  const long = randomText(dice)
    .repeat(dice.oneOf([1, 1, 1, 50]))
    .slice(0, 100_000);
  return dice.oneOf([randomWord(dice), ` ${randomWord(dice)} `, dice.oneOf(VALUES), long]);
}

function randomAiml(dice: Dice): string {
  const categories = dice.some(12, () => randomCategory(dice));
  const topic = dice.some(2, () => randomCategory(dice));
  const around = `<topic name="${escapeXml(randomPattern(dice))}">${topic.join("")}</topic>`;
  return `<aiml version="2.1">${categories.join("")}${around}${category("*", randomTemplate(dice, 3))}</aiml>`;
}

function randomCategory(dice: Dice): string {
  const that = dice.onceIn(4) ? `<that>${randomPattern(dice)}</that>` : "";
  const topic = dice.onceIn(6) ? `<topic>${randomPattern(dice)}</topic>` : "";
  return category(randomPattern(dice), randomTemplate(dice, 4), that + topic);
}

function category(pattern: string, template: string, more = ""): string {
  return `<category><pattern>${pattern}</pattern>${more}<template>${template}</template></category>`;
}

function randomPattern(dice: Dice): string {
  const most = dice.onceIn(20) ? 60 : 4;
  const tokens = [dice.oneOf(TOKENS), ...dice.some(most, () => dice.oneOf(TOKENS))];
  return tokens.map((token) => (token === "?" ? randomWord(dice) : token)).join(" ");
}

function randomTemplate(dice: Dice, depth: number): string {
  if (depth === 1 && dice.onceIn(60)) return randomNode(dice, 0).repeat(dice.upTo(300));
  return dice.some(3, () => randomNode(dice, depth)).join(dice.oneOf(["", " "]));
}

function randomNode(dice: Dice, depth: number): string {
  if (depth === 0 || dice.onceIn(4)) return randomContent(dice);
  return dice.onceIn(150) ? deepNode(dice, depth) : randomElement(dice, depth);
}

function deepNode(dice: Dice, depth: number): string {
  const name = dice.oneOf(ELEMENTS);
  const times = dice.upTo(dice.oneOf([10, 50, 110]));
  return `<${name}>`.repeat(times) + randomNode(dice, depth - 1) + `</${name}>`.repeat(times);
}

function randomContent(dice: Dice): string {
  return dice.oneOf([randomWord(dice), `<star/>`, escapeXml(printable(randomText(dice))), " GO "]);
}

/** What XML can carry. */
function printable(text: string): string {
  return text.replace(/[^\t\n\x20-\uD7FF\uE000-\uFFFD]/g, "").slice(0, 500);
}

function randomElement(dice: Dice, depth: number): string {
  const name = dice.oneOf(ELEMENTS);
  const inside = () => randomTemplate(dice, depth - 1);
  const [names, nodes] = randomAttributes(dice, depth, USUAL[name]);
  const own = CONTENT[name]?.(inside, dice) ?? inside();
  return `<${name}${names}>${nodes}${own}</${name}>`;
}

/** Each name once, as an attribute or as an element. */
function randomAttributes(
  dice: Dice,
  depth: number,
  usual: readonly string[] = ATTRIBUTES,
): [attributes: string, elements: string] {
  const odd = dice.onceIn(3) ? dice.some(3, () => dice.oneOf(ATTRIBUTES)) : [];
  const names = new Set([dice.oneOf(usual), ...odd]);
  let attributes = "";
  let elements = "";
  for (const name of names) {
    const value = escapeXml(printable(dice.oneOf([dice.oneOf(VALUES), dice.oneOf(NAMES), "x"])));
    if (dice.onceIn(5)) elements += `<${name}>${randomTemplate(dice, depth - 1)}</${name}>`;
    else attributes += ` ${name}="${value}"`;
  }
  return [attributes, elements];
}

type Content = (inside: () => string, dice: Dice) => string;

const items: Content = (inside, dice) =>
  dice
    .some(4, () => {
      const value = dice.onceIn(2) ? ` value="${dice.oneOf(["*", "A", "", "1", "unknown"])}"` : "";
      return `<li${value}>${inside()}${dice.onceIn(3) ? "<loop/>" : ""}</li>`;
    })
    .join("");

const learned: Content = (inside, dice) =>
  category(
    `${randomPattern(dice)} <eval>${inside()}</eval>`,
    `${inside()}<eval>${inside()}</eval>`,
  );

const clause: Content = (inside, dice) =>
  ["subj", "pred", "obj"]
    .filter(() => !dice.onceIn(5))
    .map((part) => `<${part}>${dice.oneOf(["A", "b", "?x", "?y", inside()])}</${part}>`)
    .join("");

const choice: Content = (inside, dice) =>
  ["text", "postback", "url"]
    .filter(() => dice.onceIn(2))
    .map((part) => `<${part}>${inside()}</${part}>`)
    .join("") + inside();

const CONTENT: Readonly<Record<string, Content>> = {
  condition: items,
  random: items,
  learn: learned,
  learnf: learned,
  srai: (inside, dice) => `${randomWord(dice)} ${inside()}`,
  addtriple: (inside) => `<subj>A</subj><pred>${inside()}b</pred><obj>${inside()}1</obj>`,
  deletetriple: clause,
  uniq: clause,
  select: (inside, dice) =>
    dice
      .some(3, () => (dice.onceIn(4) ? "notq" : "q"))
      .map((name) => `<${name}>${clause(inside, dice)}</${name}>`)
      .join(""),
  button: choice,
  reply: choice,
  card: (inside, dice) => `<title>${inside()}</title>${choice(inside, dice)}<button>x</button>`,
  list: items,
  olist: items,
};

const ELEMENTS = (
  "srai sr sraix star thatstar topicstar get get set set condition condition random learn learnf " +
  "eval bot map first rest explode formal sentence uppercase lowercase person person2 gender normalize " +
  "denormalize date interval that input request response id size vocabulary program think loop system " +
  "javascript gossip addtriple addtriple deletetriple select select uniq resetlearn resetlearnf oob b p br " +
  "card carousel button reply link split list olist item image video a title subtitle foo"
).split(" ");

const ATTRIBUTES =
  "name var vars value index format jformat locale timezone style from to bot default limit tuple text url href src".split(
    " ",
  );

/** What an element has most of the time. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  bot: ["name"],
  button: ["text", "url"],
  condition: ["name", "name", "var"],
  date: ["format", "jformat"],
  get: ["name", "name", "var"],
  map: ["name"],
  select: ["vars", "x"],
  set: ["name", "name", "var"],
  sraix: ["bot"],
  star: ["index"],
};

const NAMES = (
  "x topic s m number successor plural __proto__ toString sentence-splitters default-get default-map " +
  "default-property default-answer nullstar timezone"
).split(" ");

const VALUES = [
  "*",
  "",
  "0",
  "-1",
  "2,3",
  "1e400",
  "99999999999",
  "NaN",
  "%A %c %B %Z %%%",
  "%".repeat(300),
  "'EEEE' yyyy''MMMM d''",
  "'".repeat(301),
  "Europe/Paris",
  "?x",
  "?x ?y",
  "https://a.b/c d",
  "+99.5",
  "en-a1",
  "zh_Hant",
  "years",
  ".!?-]^\\",
];

const TOKENS = [..."?????*_^#", "$A", "<set>s</set>", "<set>number</set>", '<bot name="x"/>', "A*"];
