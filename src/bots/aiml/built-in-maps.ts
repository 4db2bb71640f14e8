/** The value of a map that every bot has; undefined where there is no such map or no such entry. */
export function builtInMap(name: string, key: string): string | undefined {
  return MAPS.get(name)?.(key.trim());
}

const MAPS: ReadonlyMap<string, (key: string) => string | undefined> = new Map([
  ["successor", (key: string) => shifted(key, 1n)],
  ["predecessor", (key: string) => shifted(key, -1n)],
  ["plural", toPlural],
  ["singular", toSingular],
]);

function shifted(key: string, by: bigint): string | undefined {
  const digits = key.normalize("NFKC");
  return /^-?\d{1,1000}$/.test(digits) ? String(BigInt(digits) + by) : undefined;
}

type Endings = readonly (readonly [RegExp, string])[];

/** The first ending that fits is replaced. */
function withEnding(word: string, endings: Endings): string {
  const fitting = endings.find(([ending]) => ending.test(word));
  return fitting ? word.replace(...fitting) : word;
}

function toPlural(word: string): string {
  return IRREGULAR.get(word.toLowerCase()) ?? withEnding(word, TO_PLURAL);
}

function toSingular(word: string): string {
  return SINGULARS.get(word.toLowerCase()) ?? withEnding(word, TO_SINGULAR);
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["bus", "buses"],
  ["calf", "calves"],
  ["child", "children"],
  ["cookie", "cookies"],
  ["crisis", "crises"],
  ["deer", "deer"],
  ["echo", "echoes"],
  ["elf", "elves"],
  ["fish", "fish"],
  ["foot", "feet"],
  ["goose", "geese"],
  ["half", "halves"],
  ["hero", "heroes"],
  ["knife", "knives"],
  ["leaf", "leaves"],
  ["life", "lives"],
  ["loaf", "loaves"],
  ["man", "men"],
  ["mouse", "mice"],
  ["movie", "movies"],
  ["ox", "oxen"],
  ["person", "people"],
  ["potato", "potatoes"],
  ["series", "series"],
  ["sheep", "sheep"],
  ["shelf", "shelves"],
  ["species", "species"],
  ["thief", "thieves"],
  ["tomato", "tomatoes"],
  ["tooth", "teeth"],
  ["wife", "wives"],
  ["wolf", "wolves"],
  ["woman", "women"],
]);

const SINGULARS: ReadonlyMap<string, string> = new Map(
  [...IRREGULAR].map(([singular, plural]) => [plural, singular]),
);

const TO_PLURAL: Endings = [
  [/([^aeiou])y$/i, "$1ies"],
  [/(s|x|z|ch|sh)$/i, "$1es"],
  [/$/, "s"],
];

const TO_SINGULAR: Endings = [
  [/([^aeiou])ies$/i, "$1y"],
  [/(ss|x|z|ch|sh)es$/i, "$1"],
  [/(ss|us|is)$/i, "$1"],
  [/s$/i, ""],
];
