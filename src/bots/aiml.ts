import { basename, resolve } from "node:path";
import { Type } from "@sinclair/typebox";
import { withFields } from "../log.ts";
import type { Reply } from "../message.ts";
import type { SettingsTable } from "../settings.ts";
import type { Interpreter } from "./aiml/interpreter.ts";
import { fromSnapshot } from "./aiml/snapshot.ts";
import { answerErrand, startInterpreter } from "./aiml-answer.ts";
import { hasAiml } from "./aiml-folder.ts";
import { loadAimlFolder, tellLeftOut } from "./aiml-loading.ts";
import { reloadOnChange } from "./aiml-reloading.ts";
import type { Bot, BotKind, BotOptions } from "./bot.ts";
import { createFindBot, sraixSettings } from "./sraix/find-bot.ts";
import { type FindBot, type Inquiries, type OtherBot, openInquiries } from "./sraix/inquiries.ts";
import { starterSnapshot } from "./starter/snapshot.ts" with { type: "macro" };

const settings = {
  ...sraixSettings,
  AIML_STRICT: {
    schema: Type.Boolean(),
    help: "Refuse a bot with a broken file instead of leaving the file out",
    wanted: "true or false",
    default: false,
    flag: "strict",
  },
  AIML_WATCH: {
    schema: Type.Boolean(),
    help: "Take up changed AIML files within a second",
    wanted: "true or false",
    default: false,
    flag: "watch",
  },
} as const satisfies SettingsTable;

/** The embedded AIML interpreter, with the bot inside the executable or one in a folder. */
export const aiml: BotKind<typeof settings, Promise<Bot>> = {
  name: "aiml",
  summary: "the embedded AIML 2.1 interpreter; aiml:DIR runs the bot in a folder",
  settings,
  create: (options) =>
    options.argument === ""
      ? createStarter(named(options, "starter"))
      : createFromFolder(named(options, options.argument)),
};

type Options = BotOptions<typeof settings>;

/** What it logs says which bot it is of: it may be one that another asks. */
function named(options: Options, path: string): Options {
  return { ...options, log: withFields(options.log, { bot: basename(resolve(path)) }) };
}

async function createStarter(options: Options): Promise<Bot> {
  const bot = fromSnapshot(Uint8Array.fromBase64(starterSnapshot()));
  const interpreter = startInterpreter(bot, options);
  return toBot(() => interpreter, options);
}

async function createFromFolder(options: Options): Promise<Bot> {
  const { argument: folder, settings } = options;
  const how = { ...options, strict: settings.AIML_STRICT };
  const bot = await loadAimlFolder(folder, how);
  tellLeftOut(bot, options.log);
  let interpreter = startInterpreter(bot, options);
  const watch = settings.AIML_WATCH
    ? reloadOnChange({ folder, bot, how }, (changed) => {
        interpreter = startInterpreter(changed, options);
      })
    : undefined;
  return { ...toBot(() => interpreter, options), close: () => watch?.stop() };
}

/** `current` is asked anew for every message: a reload may have replaced it. */
function toBot(current: () => Interpreter, options: Options): Bot {
  const { argument, log, timeoutMs } = options;
  const find = findBotFor(options);
  return {
    // What one bot is taught no other one answers with: memory goes by the folder's own name.
    name: argument === "" ? "aiml" : `aiml:${basename(resolve(argument))}`,
    async reply(turn, memories, signal) {
      signal.throwIfAborted();
      const message = { turn, memories, signal };
      const others = openInquiries({ find, log, timeoutMs }, message);
      const errand = { ...message, ask: others.ask, effort: others.effort };
      const { reply, isCutShort } = await answerErrand(current(), errand, log);
      return isCutShort ? reply : withOthers(reply, others);
    },
    async check() {},
  };
}

/** What the bots that were asked want remembered is written together with the answer. */
function withOthers(reply: Reply, { remember, rememberForAll }: Inquiries): Reply {
  if (remember.size + rememberForAll.size === 0) return reply;
  return {
    ...reply,
    remember: new Map([...reply.remember, ...remember]),
    rememberForAll: new Map([...(reply.rememberForAll ?? []), ...rememberForAll]),
  };
}

function findBotFor(options: Options): FindBot {
  const { argument, settings } = options;
  return createFindBot({
    listed: settings.SRAIX_BOTS ?? [],
    folder: argument,
    settings,
    hasAiml,
    open: (spec) =>
      spec.startsWith("aiml:") ? openBeside(spec, options) : openHosted(spec, options),
  });
}

/** Loaded when it is first asked, and again after that has failed: somebody may have mended it. */
function openBeside(spec: string, asking: Options): OtherBot {
  const folder = spec.slice("aiml:".length);
  const options = named(asking, folder);
  const { log, settings } = options;
  let interpreter: Promise<Interpreter> | undefined;
  async function load(): Promise<Interpreter> {
    const how = { ...options, strict: settings.AIML_STRICT };
    const bot = await loadAimlFolder(folder, how);
    tellLeftOut(bot, log);
    return startInterpreter(bot, options);
  }
  return {
    name: spec,
    async reply(errand) {
      interpreter ??= load().catch((error) => {
        interpreter = undefined;
        throw error;
      });
      return (await answerErrand(await interpreter, errand, log)).reply;
    },
  };
}

function openHosted(spec: string, { createBot }: Options): OtherBot | undefined {
  const bot = createBot?.(spec);
  return (
    bot && {
      // The name behind the kind may be a word of the person's that the template put there.
      name: "pandorabots",
      reply: async ({ turn, memories, signal }) => (await bot).reply(turn, memories, signal),
    }
  );
}
