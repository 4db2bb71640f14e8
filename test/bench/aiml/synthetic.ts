import { writeFileSync } from "node:fs";
import { join } from "node:path";

const WORDS = 20_000;
const INPUTS = 2_000;
const CATEGORIES_PER_FILE = 10_000;

/** Writes a bot of that many categories with random patterns of frequent and rare words; texts to put to it. */
export function writeBot(folder: string, size: number): readonly string[] {
  const draw = createDraws(size);
  const word = () => `w${Math.floor(draw() ** 3 * WORDS).toString(36)}`;
  for (let from = 0; from < size; from += CATEGORIES_PER_FILE) {
    const count = Math.min(CATEGORIES_PER_FILE, size - from);
    const categories = Array.from({ length: count }, (_, index) =>
      toCategory(index === 0 && from === 0 ? "*" : toPattern(draw, word), toTemplate(draw, word)),
    );
    const name = `${String(from).padStart(8, "0")}.aiml`;
    writeFileSync(join(folder, name), `<aiml version="2.1">${categories.join("\n")}</aiml>`);
  }
  return Array.from({ length: INPUTS }, () => words(3 + draw() * 6, word).join(" "));
}

type Draw = () => number;
type Word = () => string;

function toPattern(draw: Draw, word: Word): string {
  const pattern = words(1 + draw() * 5, word);
  const [kind, place] = [draw(), Math.floor(draw() * (pattern.length + 1))];
  if (kind < 0.3) pattern.push("*");
  else if (kind < 0.4) pattern.unshift("_");
  else if (kind < 0.5) pattern.splice(place, 0, "*");
  return pattern.join(" ");
}

function toTemplate(draw: Draw, word: Word): string {
  if (draw() < 0.3) return `<srai>${word()} <star/></srai>`;
  return `I see <set name="it">${word()}</set>. <random><li>${word()}</li><li>${word()}</li></random>`;
}

function toCategory(pattern: string, template: string): string {
  return `<category><pattern>${pattern}</pattern><template>${template}</template></category>`;
}

function words(count: number, word: Word): string[] {
  return Array.from({ length: Math.floor(count) }, word);
}

/** The same numbers from 0 up to 1 in every run. */
function createDraws(seed: number): Draw {
  let state = seed;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state >>> 0) / 2 ** 32;
  };
}
