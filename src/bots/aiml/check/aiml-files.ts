import type { BotFile } from "../bot-file.ts";
import { withoutFences } from "../markup.ts";
import { parseXml, XmlError } from "../parse-xml.ts";
import { type Entry, readEntries } from "./entries.ts";
import { type Finding, showPlace, toFinding } from "./finding.ts";
import type { Lookup } from "./lookup.ts";
import { type Reference, referencesIn } from "./references.ts";
import type { Suggest } from "./surroundings.ts";
import { checkTree } from "./tree.ts";

/** What a bot's AIML files hold, and what is wrong in each by itself. */
interface AimlRead {
  readonly findings: readonly Finding[];
  readonly entries: readonly Entry[];
  readonly references: readonly Reference[];
}

/** Reads files; of one that is no XML nothing but that is told. */
export function readAiml(files: readonly BotFile[], lookup: Lookup, suggest: Suggest): AimlRead {
  const leftOut = new Set(lookup.problems.map(showPlace));
  const read = files.map((file) => readFile(file, lookup, suggest));
  return {
    findings: read.flatMap(({ findings }) => findings),
    entries: read
      .flatMap(({ entries }) => entries)
      .filter((entry) => !leftOut.has(showPlace(entry))),
    references: read.flatMap(({ references }) => references),
  };
}

function readFile({ name, text }: BotFile, lookup: Lookup, suggest: Suggest): AimlRead {
  try {
    const root = parseXml(withoutFences(text));
    return {
      findings: checkTree(root, name, suggest),
      entries: readEntries(root, name, lookup),
      references: referencesIn(root, name),
    };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { findings: [badXml(name, error)], entries: [], references: [] };
  }
}

function badXml(file: string, { message: problem, line, column }: XmlError): Finding {
  const message = `Cannot read the file as XML: ${problem.replace(/\.$/, "")}`;
  const hint = "All of the file is left out; what comes after this place was not checked";
  const place = { file, line, column: Math.max(1, column) };
  return toFinding(place, { code: "bad-xml", message, hint });
}
