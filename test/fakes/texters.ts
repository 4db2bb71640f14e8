import { createChance } from "./chance.ts";

/** Who texts: what they say to the latest answer, and how long it takes them. */
export interface Texter {
  say(answer: string, chance: () => number): string;
  gapMs(text: string, chance: () => number): number;
}

/** What answers: it may count, so every talk has its own. */
export type Answerer = (text: string) => string;

/** What machines say that answer a bot. */
export const MACHINES: readonly { readonly name: string; readonly create: () => Texter["say"] }[] =
  [
    { name: "says the same all day", create: () => () => "I am driving and will answer later." },
    { name: "echoes what it hears", create: () => (answer) => `You said: ${answer}` },
    { name: "counts", create: () => counter("You said") },
    {
      name: "tells any number",
      create: () => (_, chance) => `Your place in the queue: ${below(99, chance)}`,
    },
    {
      name: "tells the time",
      create: () => {
        const minute = counter("");
        return () => `Received at 12:${10 + Number(minute())}:07, thank you`;
      },
    },
    { name: "takes turns with its phrases", create: () => (_, chance) => pick(EXCUSES, chance) },
    {
      name: "never says the same twice",
      create: () => (_, chance) =>
        sentence({ of: ["sun", "rain", "tea", "moon"], length: 12 }, chance),
    },
  ];

const EXCUSES = [
  "Sorry, I did not get that.",
  "Could you say that another way?",
  "I am still learning. Try me again!",
  "Hm, that is beyond me.",
  "Please tell me more about it.",
];

/** Our side of it. */
export const BOTS: readonly { readonly bot: string; readonly answerer: () => Answerer }[] = [
  { bot: "echoes", answerer: () => (text) => text },
  { bot: "counts as well", answerer: () => counter("text") },
  { bot: "says the same", answerer: () => () => "Sorry, I can't answer right now." },
  {
    bot: "draws lots",
    answerer: () => {
      const chance = createChance(7);
      return () => pick(["How nice!", "Why do you think so?", "Go on.", "I see."], chance);
    },
  },
];

/** People whose talk looks like a machine's in one way or the other, and how many texts they send. */
export const PEOPLE: readonly {
  readonly name: string;
  readonly texts: number;
  readonly texter: Texter;
  readonly answerer: () => Answerer;
}[] = [
  {
    name: "plays a number game",
    texts: 300,
    texter: { say: (_, chance) => `${below(100, chance)}`, gapMs: between(1200, 5000) },
    answerer: () => {
      const chance = createChance(3);
      return () => `${pick(["Too high.", "Too low."], chance)} ${below(5, chance)} guesses left`;
    },
  },
  {
    name: "guesses numbers in whole sentences, in a hurry",
    texts: 150,
    texter: { say: (_, chance) => `my guess is ${below(100, chance)}`, gapMs: between(1800, 6000) },
    answerer: () => () => "Wrong! Guess again.",
  },
  {
    name: "says higher and lower",
    texts: 300,
    texter: { say: (_, chance) => pick(["higher", "lower"], chance), gapMs: between(1100, 5000) },
    answerer: () => counter("Is it"),
  },
  {
    name: "answers a quiz with yes and no",
    texts: 300,
    texter: { say: (_, chance) => pick(["yes", "no"], chance), gapMs: between(900, 4000) },
    answerer: () => counter("Right! Next: is this true of number"),
  },
  {
    name: "says yes twenty times to the same answer",
    texts: 20,
    texter: { say: () => "yes", gapMs: between(900, 4000) },
    answerer: () => () => "I see. Do you want to go on?",
  },
  {
    name: "does sums",
    texts: 150,
    texter: {
      say: (_, chance) => `what is ${below(12, chance)} plus ${below(12, chance)}?`,
      gapMs: typing(5),
    },
    answerer: () => counter("That is"),
  },
  {
    name: "asks for jokes",
    texts: 25,
    texter: { say: () => "tell me a joke", gapMs: between(5000, 20_000) },
    answerer: () => counter("Joke number"),
  },
  {
    name: "taps on buttons",
    texts: 25,
    texter: {
      say: (_, chance) => pick(["Show my orders", "Opening hours", "Back to the menu"], chance),
      gapMs: between(1600, 6000),
    },
    answerer: () => () => "What next?\n1. Show my orders\n2. Opening hours\n3. Back to the menu",
  },
  {
    name: "chats, and types fast",
    texts: 300,
    texter: {
      say: (_, chance) => sentence({ of: SMALL_TALK, length: 1 + below(10, chance) }, chance),
      gapMs: typing(7),
    },
    answerer: () => () => "well",
  },
];

const SMALL_TALK = "so what do you think of my old cat and her friends in that house".split(" ");

/** Counts up, a number more each time. */
export function counter(words: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${words} ${count}`;
  };
}

/** Any time between these, whatever the text. */
export function between(leastMs: number, mostMs: number): Texter["gapMs"] {
  return (_, chance) => leastMs + chance() * (mostMs - leastMs);
}

/** What the networks and reading take, and then every character. */
function typing(charactersPerS: number): Texter["gapMs"] {
  return (text, chance) =>
    1500 + chance() * 4000 + (1000 * text.length) / (charactersPerS * (0.8 + 0.4 * chance()));
}

function below(limit: number, chance: () => number): number {
  return Math.floor(chance() * limit);
}

function pick(texts: readonly string[], chance: () => number): string {
  return texts[below(texts.length, chance)] ?? "";
}

function sentence(
  { of, length }: { readonly of: readonly string[]; readonly length: number },
  chance: () => number,
): string {
  return Array.from({ length }, () => pick(of, chance)).join(" ");
}
