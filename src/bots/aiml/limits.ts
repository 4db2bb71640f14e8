/** Categories that call each other through srai; number and list categories recurse once per item. */
export const MAX_DEPTH = 512;

/** Template elements open at once over all levels of srai: what the machine's stack bears with room to spare. */
export const MAX_NESTING = 6_000;

/** Categories activated for one message: the longest honest recursion seen needs a few hundred. */
export const MAX_ACTIVATIONS = 5_000;

/** Rounds of one condition's loop. */
export const MAX_LOOPS = 1_000;

/** Time for one message: the answer must be there before the carrier's own deadline. */
export const MAX_TURN_MS = 2_000;

/** Other bots asked for one message, those that they ask included: each has the person wait. */
export const MAX_INQUIRIES = 5;

/** Characters a template may grow to; a text message carries 1,600. */
export const MAX_OUTPUT_LENGTH = 65_536;

/** Characters read from a person; a text message carries 1,600. */
export const MAX_INPUT_LENGTH = 10_000;

/** Predicates kept for one person, so that a template cannot fill the disk. */
export const MAX_PREDICATES = 1_000;

/** Characters of one predicate's name and value together. */
export const MAX_PREDICATE_LENGTH = 10_000;

/** Categories learned for one person; each is matched beside the bot's own. */
export const MAX_LEARNED = 1_000;

/** Characters of one learned category in the memory. */
export const MAX_LEARNED_LENGTH = 10_000;

/** Turns that request, response, input and that can look back: Rosie asks for 31. */
export const MAX_HISTORY = 32;

/** Words of one pattern: the search goes one call deeper with each. */
export const MAX_PATTERN_WORDS = 1_000;

/** Elements within elements in a file; deeper ones are a mistake or an attack. */
export const MAX_XML_DEPTH = 100;

/** Texts whose words are kept for the next time they come by (an srai's text, a bot's own sentence). */
export const MAX_CACHED_TEXTS = 4_096;

/** People whose learned categories stay compiled. */
export const MAX_CACHED_PEOPLE = 256;

/** Categories that stay compiled once they were wanted; a busy bot of a hundred thousand uses fewer. */
export const MAX_READ_CATEGORIES = 20_000;
/** Elements within elements that are still told apart when an answer becomes a text; of deeper ones the text is kept. */
export const MAX_MARKUP_DEPTH = 100;
