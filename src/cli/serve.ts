import { join } from "node:path";
import type { App } from "../app/server.ts";
import type { AppSettings } from "../app/settings.ts";
import { explain, hintOf } from "../errors.ts";
import type { Log } from "../log.ts";
import { portOf } from "./addresses.ts";
import { type Announcement, announceService, announceTrial } from "./announce.ts";
import type { Call, Command } from "./command.ts";
import type { Io } from "./io.ts";
import { type Run, removeRunFile, writeRunFile } from "./run-file.ts";
import { aborted } from "./signals.ts";
import { createServerLog, readAppSettings } from "./sources.ts";
import { type TryingOut, tryOut } from "./trying-out.ts";
import { VERSION } from "./version.ts";

/** Answers texts until it is told to stop; the command when none is named. */
export const serve: Command = {
  name: "serve",
  summary: "answers the texts that Twilio brings; without a token, tries it out on this machine",
  flags: {},
  takesSettings: true,
  positionals: [],
  examples: ["botline serve", "botline serve --port 4000 --bot echo", "botline --bot aiml:my-bot"],
  async run(call) {
    const read = await readAppSettings(call);
    if (read.values.TWILIO_AUTH_TOKEN) await runInService(call, read.values);
    else await runTrial(call, tryOut(read));
  },
};

async function runInService(call: Call, settings: AppSettings): Promise<void> {
  const { app, log, about } = await start(call, settings, { isTrial: false });
  call.io.stdout.write(announceService(about));
  log.info("server.started", { version: VERSION, url: app.url, bot: app.bot });
  await aborted(call.io.signal);
  await app.stop();
  log.info("server.stopped");
}

async function runTrial(call: Call, { settings, token }: TryingOut): Promise<void> {
  const server = await start(call, settings, { isTrial: true });
  const { url, publicUrl } = server.app;
  const isLeft = leaveToken(call, server, { url, publicUrl, token, pid: call.io.pid });
  const next = await nextCommand(call.io, new URL(url));
  call.io.stdout.write(announceTrial(server.about, isLeft ? next : undefined));
  await aborted(call.io.signal);
  // Before the port is free for another server, whose file would have the same name.
  if (isLeft) removeRunFile(call, new URL(url));
  await server.app.stop();
}

interface Server {
  readonly app: App;
  readonly log: Log;
  readonly about: Announcement;
}

async function start(
  { io }: Call,
  settings: AppSettings,
  { isTrial }: { readonly isTrial: boolean },
): Promise<Server> {
  const { createApp } = await import("../app/server.ts");
  io.outlastReaders();
  const log = createServerLog(settings, io);
  const defaultDatabase = join(io.homeDir, "botline.db");
  const app = await createApp(settings, { log, version: VERSION, defaultDatabase, isTrial });
  return { app, log, about: { ...app, version: VERSION } };
}

/** A server nobody can text is still worth its log and its health: told, not thrown. */
function leaveToken(call: Call, { log }: Server, run: Run): boolean {
  try {
    writeRunFile(call, run);
    return true;
  } catch (error) {
    log.warn("token.not-left", { cause: explain(error), hint: hintOf(error) });
    return false;
  }
}

async function nextCommand({ program }: Io, url: URL): Promise<string> {
  const { settingsTable } = await import("../app/settings.ts");
  const isUsual = portOf(url) === settingsTable.PORT.default;
  return `${program} text "hello"${isUsual ? "" : ` --port ${portOf(url)}`}`;
}
