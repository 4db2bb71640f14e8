/** One text of a person and the answers that may follow it. */
export interface Exchange {
  readonly text: string;
  readonly answers: readonly string[];
}

/** What one person and the bot say to each other, from the first text on. */
export interface Dialogue {
  readonly title: string;
  readonly exchanges: readonly Exchange[];
}

/** Reads `= title`, `> text` and `< answer | other answer` lines; other lines are comments. */
export function parseDialogues(source: string): Dialogue[] {
  const [, ...conversations] = source.split(/^= /m);
  return conversations.map((conversation) => ({
    title: conversation.split("\n", 1)[0] ?? "",
    exchanges: [...conversation.matchAll(EXCHANGE)].map(([, text = "", answers = ""]) => ({
      text,
      answers: answers.split(BETWEEN_ANSWERS),
    })),
  }));
}

/** Whether the answer is one of those allowed: a text as it is, or a pattern between slashes. */
export function isAllowed(answer: string, { answers }: Exchange): boolean {
  return answers.some((wanted) =>
    /^\/.*\/$/.test(wanted) ? new RegExp(wanted.slice(1, -1)).test(answer) : wanted === answer,
  );
}

const EXCHANGE = /^> (.*)\n< (.*)$/gm;
const BETWEEN_ANSWERS = " | ";
