/** What we do where engines or documents disagree, and why. */
export interface Choice {
  readonly because: string;
  /** Our answers, where they are not the ones that the case wants. */
  readonly says?: readonly string[];
}

const SPELLING =
  "a star holds what the person typed, as AIML 2.1 says, not the spelling in the set's file";
const LONE_STAR = "Pandorabots and AIML 2 know a lone * in a condition's value, no other wildcard";
const CALENDAR = "a month or year counts once its day of the month is reached, in both directions";
const ATTEMPT =
  "Pandorabots promises an attempt at English: common irregular words and the usual endings";
const ANY_PART =
  "a part of deletetriple that is missing is any, as Aiml.NET has it: it says more and breaks nothing";

/** Every disputed case by `suite/case`. */
export const disputed: Readonly<Record<string, Choice>> = {
  "aiml-net/condition-li-own-var-wins": {
    because:
      "an item's own name or var says more than the condition's, as the AIML 2.1 draft has it",
  },
  "aiml-net/deletetriple-subject": { because: ANY_PART },
  "aiml-net/deletetriple-subject-and-predicate": { because: ANY_PART },
  "aiml-net/explode-punctuation": {
    because: "explode keeps every character, as Program AB does: nothing says that it drops any",
  },
  "aiml-net/interval-months-negative": { because: CALENDAR },
  "aiml-net/interval-months-wrap": { because: CALENDAR },
  "aiml-net/interval-years-negative": { because: CALENDAR },
  "aiml-net/interval-years-wrap": { because: CALENDAR },
  "aiml-net/plural-irregular": { because: ATTEMPT },
  "aiml-net/plural-regular": { because: ATTEMPT },
  "aiml-net/singular": { because: ATTEMPT },
  "program-d/condition-07b": { because: LONE_STAR, says: ["Test case #07b."] },
  "program-d/condition-08a": { because: LONE_STAR, says: ["Test case #08a. Test failed 3."] },
  "program-d/condition-10a": { because: LONE_STAR, says: ["Test case #10a. Test failed 3."] },
  "program-y/pattern-set-patten-match-mixed-word-set": { because: SPELLING },
  "program-y/pattern-set-patten-match-mixed-word-set-at-front": { because: SPELLING },
  "program-y/pattern-set-patten-match-mixed-word-set-longer-sentence": { because: SPELLING },
  "program-y/pattern-set-patten-match-multi-word-set": { because: SPELLING },
  "program-y/pattern-set-patten-set-match": { because: SPELLING },
  "program-y/topic-gimisa-ask-blender-twice": {
    because: "a map without the key gives the property default-map, as Pandorabots does",
  },
  "python-aiml/gossip": {
    because: "gossip is gone since AIML 2: its content is evaluated and nothing is said",
  },
};
