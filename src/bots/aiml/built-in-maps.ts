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
  return /^-?\d{1,1000}$/.test(key) ? String(BigInt(key) + by) : undefined;
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
  ["child", "children"],
  ["deer", "deer"],
  ["fish", "fish"],
  ["foot", "feet"],
  ["goose", "geese"],
  ["knife", "knives"],
  ["leaf", "leaves"],
  ["life", "lives"],
  ["man", "men"],
  ["mouse", "mice"],
  ["ox", "oxen"],
  ["person", "people"],
  ["sheep", "sheep"],
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
  [/ss$/i, "ss"],
  [/s$/i, ""],
];
