import { describe, expect, test } from "bun:test";
import { dirname, join } from "node:path";

// Who may import whom. The first line that a file's path begins with is its rule; what the line does
// not name, the file may not import. Types are free: they leave nothing behind when the program runs.

const SHAPES = ["src/message.ts", "src/delivery.ts", "src/errors.ts", "src/log.ts", "src/clock.ts"];
const SCHEMAS = "@sinclair/typebox";

interface Rule {
  readonly files: string;
  readonly imports: readonly string[];
  readonly because: string;
}

const RULES: readonly Rule[] = [
  {
    files: "src/main.ts",
    imports: ["src/cli/cli.ts", "src/cli/descriptor.ts", "src/cli/signals.ts", "node:path"],
    because: "it only hands the process over",
  },
  { files: "src/build.ts", imports: ["node:"], because: "it is a tool beside the program" },
  {
    files: "src/app/",
    imports: [
      "src/app/",
      "src/bots/",
      "src/channels/",
      "src/conversation/",
      "src/server/",
      "src/store/",
      "src/core-settings.ts",
      "src/settings.ts",
      ...SHAPES,
    ],
    because: "it alone wires the parts, and is itself no command",
  },
  {
    files: "src/settings.ts",
    imports: ["src/errors.ts", SCHEMAS],
    because: "every part declares settings with it",
  },
  { files: "src/core-settings.ts", imports: [SCHEMAS], because: "it is a table" },
  { files: "src/message.ts", imports: [], because: "all share it" },
  { files: "src/delivery.ts", imports: ["src/message.ts"], because: "all share it" },
  { files: "src/errors.ts", imports: [], because: "all share it" },
  { files: "src/log.ts", imports: [], because: "all share it" },
  { files: "src/clock.ts", imports: [], because: "all share it" },
  {
    files: "src/cli/",
    imports: [
      "src/cli/",
      "src/app/",
      "src/settings.ts",
      "src/errors.ts",
      "src/log.ts",
      "package.json",
      SCHEMAS,
      "leven",
      "node:",
    ],
    because:
      "a command is a function of the app: it knows no web framework, no Twilio, no database",
  },
  {
    files: "src/server/",
    imports: ["src/server/", "src/web/", "src/settings.ts", ...SHAPES, "elysia", SCHEMAS],
    because: "it is handed the channel and the store, and never sees a bot",
  },
  { files: "src/web/", imports: ["src/web/"], because: "it runs in a browser" },
  {
    files: "src/channels/twilio/",
    imports: [
      "src/channels/twilio/",
      ...SHAPES,
      "twilio",
      "sms-segments-calculator",
      "saxes",
      SCHEMAS,
      "node:crypto",
    ],
    because: "it speaks to Twilio and knows no web framework",
  },
  {
    files: "src/channels/",
    imports: ["src/channels/", ...SHAPES, "elysia", SCHEMAS],
    because: "a channel is handed `receive` and knows nothing behind it",
  },
  {
    files: "src/conversation/",
    imports: ["src/conversation/", ...SHAPES, SCHEMAS],
    because: "it is handed its bot, channel and store",
  },
  {
    files: "src/bots/aiml/",
    imports: ["src/bots/aiml/", "saxes"],
    because: "the interpreter is handed time, files and memory",
  },
  {
    files: "src/bots/",
    imports: ["src/bots/", ...SHAPES, SCHEMAS, "leven", "node:fs", "node:path"],
    because: "a bot answers one message and knows neither its channel nor the store",
  },
  {
    files: "src/store/",
    imports: [
      "src/store/",
      "src/message.ts",
      "src/delivery.ts",
      "src/errors.ts",
      "bun:sqlite",
      "node:",
    ],
    because: "it only remembers",
  },
  {
    files: "src/stand-in/",
    imports: ["src/stand-in/", ...SHAPES, "twilio", "saxes", "node:crypto"],
    because: "it plays Twilio's part and knows nothing of ours",
  },
];

const MAY_READ_PROCESS = ["src/main.ts", "src/build.ts"];

const ROOT = join(import.meta.dir, "..", "..");

const sources = [...new Bun.Glob("src/**/*.ts").scanSync(ROOT)].sort();

describe("every source keeps to the layout", () => {
  test.each(sources)("%s", async (path) => {
    const source = await Bun.file(join(ROOT, path)).text();

    const violations = violationsOf(path, source);

    expect(violations).toEqual([]);
  });
});

describe("violationsOf()", () => {
  test.each([
    [
      "src/main.ts",
      'import { createApp } from "./app/server.ts"; createApp();',
      "src/app/server.ts",
    ],
    ["src/cli/serve.ts", 'import { Elysia } from "elysia"; new Elysia();', "elysia"],
    ["src/cli/serve.ts", 'await import("../bots/echo.ts");', "src/bots/echo.ts"],
    ["src/bots/http.ts", 'import twilio from "twilio"; twilio();', "twilio"],
    [
      "src/bots/aiml/graph.ts",
      'import { readFileSync } from "node:fs"; readFileSync("");',
      "node:fs",
    ],
    [
      "src/channels/sms.ts",
      'export { x } from "twilio/lib/twiml/MessagingResponse";',
      "twilio/lib",
    ],
    [
      "src/server/health.ts",
      'import { Database } from "bun:sqlite"; new Database();',
      "bun:sqlite",
    ],
    ["src/store/open.ts", 'import "../log.ts";', "src/log.ts"],
    ["src/log.ts", 'import "./clock.ts";', "src/clock.ts"],
  ])("tells of %s when it says %s", (path, source, imported) => {
    const violations = violationsOf(path, source);

    expect(violations).toEqual([expect.stringContaining(`${path} imports ${imported}`)]);
  });

  test.each([
    "process.env;",
    "globalThis.process.argv;",
    "Bun.env.PORT;",
    'import "node:process";',
  ])("tells of a part that says %s", (source) => {
    const violations = violationsOf("src/store/open.ts", source);

    expect(violations.join()).toContain("process");
  });

  test("tells of a folder that has no rule", () => {
    const violations = violationsOf("src/helpers/strings.ts", "export const one = 1;");

    expect(violations).toEqual([
      "src/helpers/strings.ts has no rule here: name what it may import",
    ]);
  });

  test("lets types and what is allowed pass", () => {
    const source = `
      import type { Database } from "bun:sqlite";
      import { type Log, createLog } from "../log.ts";
      // Not process.env: that is main's.
      export const log = (database: Database): Log => createLog(database.process.options);
    `;

    const violations = violationsOf("src/conversation/turn.ts", source);

    expect(violations).toEqual([]);
  });
});

const transpiler = new Bun.Transpiler({ loader: "ts" });

function violationsOf(path: string, source: string): readonly string[] {
  const rule = RULES.find(({ files }) => path.startsWith(files));
  if (!rule) return [`${path} has no rule here: name what it may import`];
  const strangers = importsOf(path, source).filter((found) => !isAllowed(found, rule));
  return [
    ...strangers.map((found) => `${path} imports ${found}; ${rule.files}: ${rule.because}`),
    ...(readsProcess(path, source) ? [`${path} reads the process; only main.ts does`] : []),
  ];
}

function importsOf(path: string, source: string): readonly string[] {
  return transpiler
    .scanImports(source)
    .map((found) => (found.path.startsWith(".") ? join(dirname(path), found.path) : found.path));
}

function isAllowed(found: string, { imports }: Rule): boolean {
  return imports.some(
    (entry) => found === entry || found.startsWith(/[/:]$/.test(entry) ? entry : `${entry}/`),
  );
}

// Read from the program as it will run, where no comment is left. A macro is an import like any other here:
// it would be run, and a source without a place does not find its file.
function readsProcess(path: string, source: string): boolean {
  const program = transpiler.transformSync(source.replaceAll(' with { type: "macro" }', ""));
  const reads =
    /(?<![\w.])((globalThis\.)?process(?=\.\w|\?\.|\[|;)|Bun\.env\b|import\.meta\.env\b)|"node:process"/;
  return !MAY_READ_PROCESS.includes(path) && reads.test(program);
}
