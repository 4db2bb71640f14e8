import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { CommandError } from "../errors.ts";
import { portOf } from "./addresses.ts";
import type { Call } from "./command.ts";

/** What a server that is tried out leaves for `botline text` of the same user to find. */
export interface Run {
  /** Where it listens. */
  readonly url: string;
  /** The URL its texts are signed for. */
  readonly publicUrl: string;
  readonly token: string;
  readonly pid: number;
}

/** Whose machine and which user it is. */
export type Place = Pick<Call, "env" | "io">;

/** Leaves the run for this user's commands to find; throws where the directory cannot be made or trusted. */
export function writeRunFile(place: Place, run: Run): void {
  const folder = folderOf(place);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkPrivate(folder, place);
  const path = pathOf(place, new URL(run.url));
  const draft = `${path}.${run.pid}`;
  writeFileSync(draft, JSON.stringify(run), { mode: 0o600 });
  renameSync(draft, path);
}

/** The server that is tried out at that URL's port, if there is one. */
export function readRunFile(place: Place, url: URL): Run | undefined {
  const path = pathOf(place, url);
  if (!existsSync(path)) return undefined;
  checkPrivate(folderOf(place), place);
  const run: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (Value.Check(RUN, run) && place.io.isRunning(run.pid)) return run;
  // Its server was killed before it could.
  rmSync(path, { force: true });
  return undefined;
}

/** Takes the file away again. */
export function removeRunFile(place: Place, url: URL): void {
  rmSync(pathOf(place, url), { force: true });
}

const RUN = Type.Object({
  url: Type.String(),
  publicUrl: Type.String(),
  token: Type.String(),
  pid: Type.Integer(),
});

function pathOf(place: Place, url: URL): string {
  return join(folderOf(place), `${portOf(url)}.json`);
}

function folderOf({ env, io }: Place): string {
  const own = env["XDG_RUNTIME_DIR"];
  if (own && existsSync(own)) return join(own, "botline");
  return join(env["TMPDIR"] || tmpdir(), `botline-${io.uid ?? "user"}`);
}

/** The temporary directory is everybody's: whoever came first could read the token, or hand us theirs. */
function checkPrivate(folder: string, { io }: Place): void {
  // Windows has no such numbers, and gives each user a temporary directory of their own.
  if (io.uid === undefined) return;
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === io.uid && (found.mode & 0o077) === 0) return;
  throw new CommandError(
    `Cannot trust ${folder}: expected a directory that only you can open, found another`,
    { hint: `Remove it, or give it to you alone: chmod 700 ${folder}` },
  );
}
