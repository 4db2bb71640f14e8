import { Type } from "@sinclair/typebox";
import type { Log } from "../log.ts";
import type { SettingsTable } from "../settings.ts";
import type { CompiledBot } from "./aiml/compile.ts";
import { createInterpreter, type Interpreter } from "./aiml/interpreter.ts";
import { fromSnapshot } from "./aiml/snapshot.ts";
import { loadAimlFolder } from "./aiml-loading.ts";
import { reloadOnChange } from "./aiml-reloading.ts";
import type { Bot, BotKind, BotOptions } from "./bot.ts";
import { starterSnapshot } from "./starter/snapshot.ts" with { type: "macro" };

const settings = {
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
  async create(options) {
    const { argument: folder, settings, log, keepIn } = options;
    if (folder === "") return createStarter(options);
    const how = { strict: settings.AIML_STRICT, keepIn, log };
    const bot = await loadAimlFolder(folder, how);
    let interpreter = start(bot, options);
    const watch = settings.AIML_WATCH
      ? reloadOnChange({ folder, bot, how }, (changed) => {
          interpreter = start(changed, options);
        })
      : undefined;
    return { ...toBot(() => interpreter, log), close: () => watch?.stop() };
  },
};

type Options = BotOptions<typeof settings>;

function createStarter(options: Options): Bot {
  const bot = fromSnapshot(Uint8Array.fromBase64(starterSnapshot()));
  const interpreter = start(bot, options);
  return toBot(() => interpreter, options.log);
}

function start(bot: CompiledBot, { now = Date.now, random = Math.random }: Options): Interpreter {
  return createInterpreter({ bot, now, random, program: "botline" });
}

/** `current` is asked anew for every message: a reload may have replaced it. */
function toBot(current: () => Interpreter, log: Log): Bot {
  return {
    name: "aiml",
    async reply({ message, trace }, memory, signal) {
      signal.throwIfAborted();
      const question = { text: message.text, personId: message.from, memory, trace };
      const { text, texts, oob, remember, limit, stoppedIn } = current().answer(question);
      if (limit)
        log.warn("bot.limit_reached", { limit, file: stoppedIn?.file, line: stoppedIn?.line });
      if (oob.length === 0) return { text, texts, remember };
      log.debug("bot.oob", { elements: namesIn(oob) });
      return { text, texts, oob, remember };
    },
    async check() {},
  };
}

// Only names: what stands in the elements may be what a person said.
function namesIn(oob: readonly string[]): string {
  return Array.from(oob.join("").matchAll(/<([^\s/>]+)/g), ([, name]) => name).join(" ");
}
