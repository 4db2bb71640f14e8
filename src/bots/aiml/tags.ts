import type { Tag } from "./piece.ts";
import { condition, loop, random } from "./tags/choice.ts";
import { history, input, request, response } from "./tags/history.ts";
import { evaluated, learn, learnForAll, unlearn } from "./tags/learning.ts";
import { botProperty, get, id, lookUp, program, set, size, vocabulary } from "./tags/memory.ts";
import { nothing, sr, srai, think } from "./tags/recursion.ts";
import { sraix } from "./tags/sraix.ts";
import { star, thatStar, topicStar } from "./tags/star.ts";
import {
  caseTag,
  explode,
  first,
  formal,
  normalize,
  rest,
  sentenceCase,
  substituted,
} from "./tags/text.ts";
import { date, interval } from "./tags/time.ts";
import { addTriple, deleteTriple, select, uniq } from "./tags/triples.ts";

/** Every element with a meaning of its own; all others stay in the answer as markup. */
export const tags: ReadonlyMap<string, Tag> = new Map<string, Tag>([
  ["addtriple", addTriple],
  ["bot", botProperty],
  ["condition", condition],
  ["date", date],
  ["deletetriple", deleteTriple],
  ["denormalize", substituted("denormal")],
  ["eval", evaluated],
  ["explode", explode],
  ["first", first],
  ["formal", formal],
  ["gender", substituted("gender")],
  ["get", get],
  ["gossip", think],
  ["id", id],
  ["input", input],
  ["interval", interval],
  ["javascript", nothing],
  ["learn", learn],
  ["learnf", learnForAll],
  ["loop", loop],
  ["lowercase", caseTag((text) => text.toLowerCase())],
  ["map", lookUp],
  ["normalize", normalize],
  ["person", substituted("person")],
  ["person2", substituted("person2")],
  ["program", program],
  ["random", random],
  ["request", request],
  ["resetlearn", unlearn("person")],
  ["resetlearnf", unlearn("everybody")],
  ["response", response],
  ["rest", rest],
  ["select", select],
  ["sentence", sentenceCase],
  ["set", set],
  ["size", size],
  ["sr", sr],
  ["srai", srai],
  ["sraix", sraix],
  ["star", star],
  ["system", nothing],
  ["that", history],
  ["thatstar", thatStar],
  ["think", think],
  ["topicstar", topicStar],
  ["uniq", uniq],
  ["uppercase", caseTag((text) => text.toUpperCase())],
  ["version", program],
  ["vocabulary", vocabulary],
]);
