import { chat } from "./chat.ts";
import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { config } from "./config.ts";
import { consent } from "./consent.ts";
import { health } from "./health.ts";
import { createHelp } from "./help.ts";
import { messages } from "./messages.ts";
import { serve } from "./serve.ts";
import { test } from "./test.ts";
import { text } from "./text.ts";
import { version } from "./version.ts";

/** Every command, in the order help shows them. */
export const commands: readonly Command[] = [
  serve,
  text,
  chat,
  check,
  test,
  messages,
  consent,
  config,
  health,
  version,
  createHelp(() => commands),
];
