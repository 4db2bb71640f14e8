import { describe, expect, test } from "bun:test";
import { type CorpusCase, holdCase, readCorpus } from "./corpus.ts";
import { disputed } from "./disputed.ts";

const corpus = readCorpus();
const disputedCases = corpus.filter(({ isDisputed }) => isDisputed);

if (corpus.length === 0)
  process.stdout.write(
    "the conformance cases were not run: ../shared/aiml-conformance is not here\n",
  );

describe("answer() says what the conformance corpus wants", () => {
  const agreed = corpus.filter(({ isDisputed }) => !isDisputed);

  test.each(byName(agreed))("%s", (_, read) => {
    const held = holdCase(read);

    expect(faultsIn(held)).toEqual([]);
  });
});

describe("answer() does what was chosen where the conformance corpus is disputed", () => {
  const ours = disputedCases.filter(({ name }) => disputed[name]?.says);
  const theirs = disputedCases.filter(({ name }) => !disputed[name]?.says);

  test.each(byName(ours))("%s", (name, read) => {
    const held = holdCase(read);

    expect(held.map(({ answer }) => answer)).toEqual([...(disputed[name]?.says ?? [])]);
    expect(faultsIn(held)).not.toEqual([]);
  });

  test.each(byName(theirs))("%s", (_, read) => {
    const held = holdCase(read);

    expect(faultsIn(held)).toEqual([]);
  });

  test("every one of them has its choice written down", () => {
    const undecided = disputedCases.map(({ name }) => name).filter((name) => !disputed[name]);

    expect(undecided).toEqual([]);
  });
});

function byName(cases: readonly CorpusCase[]) {
  return cases.map((read) => [read.name, read] as const);
}

function faultsIn(held: ReturnType<typeof holdCase>) {
  return held.flatMap(({ fault }) => fault ?? []);
}
