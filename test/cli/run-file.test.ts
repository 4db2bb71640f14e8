import { expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Place, readRunFile, removeRunFile, writeRunFile } from "../../src/cli/run-file.ts";
import { createDesk, type Desk } from "../fakes/io.ts";

const URL_4000 = new URL("http://127.0.0.1:4000");

function runOf({ io: { pid } }: Place) {
  return {
    url: "http://127.0.0.1:4000",
    publicUrl: "http://127.0.0.1:4000/sms",
    token: "0123456789abcdef",
    pid,
  };
}

function fileOf(desk: Desk): string {
  return join(desk.io.cwd, "botline", "4000.json");
}

test("readRunFile() finds what writeRunFile() left for the same port", () => {
  using desk = createDesk();

  writeRunFile(desk, runOf(desk));

  expect(readRunFile(desk, new URL("http://localhost:4000/sms"))).toEqual(runOf(desk));
  expect(readRunFile(desk, new URL("http://localhost:4001/sms"))).toBeUndefined();
});

test("writeRunFile() lets nobody but its owner read the token", () => {
  using desk = createDesk();

  writeRunFile(desk, runOf(desk));

  expect(statSync(fileOf(desk)).mode & 0o777).toBe(0o600);
  expect(statSync(join(desk.io.cwd, "botline")).mode & 0o777).toBe(0o700);
});

test("writeRunFile() uses the temporary directory where there is no XDG_RUNTIME_DIR", () => {
  using desk = createDesk();
  const env = { XDG_RUNTIME_DIR: "/nowhere", TMPDIR: desk.io.cwd };

  writeRunFile({ env, io: { ...desk.io, uid: undefined } }, runOf(desk));

  expect(existsSync(join(desk.io.cwd, "botline-user", "4000.json"))).toBe(true);
});

test("writeRunFile() refuses a directory that others can open", () => {
  using desk = createDesk();
  mkdirSync(join(desk.io.cwd, "botline"));
  chmodSync(join(desk.io.cwd, "botline"), 0o755);

  const write = () => writeRunFile(desk, runOf(desk));

  expect(write).toThrow("expected a directory that only you can open");
  expect(existsSync(fileOf(desk))).toBe(false);
});

test("writeRunFile() refuses a directory that belongs to another user", () => {
  using desk = createDesk();
  const io = { ...desk.io, uid: (desk.io.uid ?? 0) + 1 };

  const write = () => writeRunFile({ ...desk, io }, runOf(desk));

  expect(write).toThrow("expected a directory that only you can open");
});

test("writeRunFile() refuses a link to a directory", () => {
  using desk = createDesk();
  mkdirSync(join(desk.io.cwd, "elsewhere"), { mode: 0o700 });
  symlinkSync(join(desk.io.cwd, "elsewhere"), join(desk.io.cwd, "botline"));

  const write = () => writeRunFile(desk, runOf(desk));

  expect(write).toThrow("expected a directory that only you can open");
});

test("readRunFile() refuses a file in a directory that others can open", () => {
  using desk = createDesk();
  writeRunFile(desk, runOf(desk));
  chmodSync(join(desk.io.cwd, "botline"), 0o777);

  const read = () => readRunFile(desk, URL_4000);

  expect(read).toThrow("expected a directory that only you can open");
});

test("readRunFile() removes what a killed server left", () => {
  using desk = createDesk();
  writeRunFile(desk, { ...runOf(desk), pid: desk.io.pid + 1 });

  const run = readRunFile(desk, URL_4000);

  expect(run).toBeUndefined();
  expect(existsSync(fileOf(desk))).toBe(false);
});

test.each([["[]"], ['{"url":1}']])("readRunFile() passes over %j", (text) => {
  using desk = createDesk();
  writeRunFile(desk, runOf(desk));
  writeFileSync(fileOf(desk), text);

  const run = readRunFile(desk, URL_4000);

  expect(run).toBeUndefined();
});

test("removeRunFile() takes it away, and does not mind when it is gone", () => {
  using desk = createDesk();
  writeRunFile(desk, runOf(desk));

  removeRunFile(desk, URL_4000);
  removeRunFile(desk, URL_4000);

  expect(readRunFile(desk, URL_4000)).toBeUndefined();
});
