import type { Log } from "../log.ts";
import type { Memories, Reply, Turn } from "../message.ts";
import type { SettingsTable, SettingsValues } from "../settings.ts";

/**
 * Something that answers. It keeps nothing of a person itself: what it remembered comes in, what it
 * wants to remember (of the person, or for everybody) goes out with the reply, and all of it is stored
 * together or not at all.
 *
 * ```ts
 * const shout: Bot = {
 *   name: "shout",
 *   async reply({ message }) {
 *     return { text: message.text.toUpperCase(), remember: new Map() };
 *   },
 *   async check() {},
 * };
 * ```
 */
export interface Bot {
  /** Names the bot's memory in the store: people keep theirs as long as the name stays. */
  readonly name: string;
  /** Answers one message and leaves the memories as they are. Throws a BotError, or the signal's reason once it has aborted. */
  reply(turn: Turn, memories: Memories, signal: AbortSignal): Promise<Reply>;
  /** Resolves when the bot could answer now; throws a BotError with the cause and a hint otherwise. */
  check(signal: AbortSignal): Promise<void>;
  /** Lets go of what it holds; no reply is asked for afterwards. */
  close?(): void;
}

/** What a bot is made with. */
export interface BotOptions<Table extends SettingsTable = SettingsTable> {
  /** What follows the colon in `BOT=kind:argument`; empty when there is none. */
  readonly argument: string;
  readonly settings: SettingsValues<Table>;
  readonly log: Log;
  /** A folder for what a bot can make anew but would rather not; undefined: nowhere. */
  readonly keepIn?: string | undefined;
  /** How long a reply may take, in milliseconds; undefined: as long as it takes. */
  readonly timeoutMs?: number | undefined;
  /** The clock, in milliseconds since 1970; the machine's own where none is given. */
  readonly now?: (() => number) | undefined;
  /** Draws from 0 up to 1, where answers are left to chance. */
  readonly random?: (() => number) | undefined;
  /** Makes another bot, as `BOT=spec` would. */
  readonly createBot?: ((spec: string) => Bot | Promise<Bot>) | undefined;
}

/** One line of the table: how `BOT=name` becomes a bot, and the settings it reads. */
export interface BotKind<
  Table extends SettingsTable = SettingsTable,
  Made extends Bot | Promise<Bot> = Bot | Promise<Bot>,
> {
  readonly name: string;
  readonly summary: string;
  readonly settings: Table;
  /** Throws a SettingsError when the argument cannot be used, a BotError when its files cannot. */
  create(options: BotOptions<Table>): Made;
}
