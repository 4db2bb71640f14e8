/** Settings for a server that is texted as no person would. */
export const NO_LIMITS = {
  PERSON_TEXTS_PER_MINUTE: "0",
  PERSON_TEXTS_PER_DAY: "0",
  PERSON_SEGMENTS_PER_DAY: "0",
  TEXTS_PER_MINUTE: "0",
  TEXTS_PER_DAY: "0",
  SEGMENTS_PER_DAY: "0",
  COST_PER_DAY_USD: "0",
  LOOP_BREAKER: "false",
};
