/** Categories that call each other through srai; number and list categories recurse once per item. */
export const MAX_DEPTH = 512;

/** Template elements open at once over all levels of srai: a third of what the machine's stack bears. */
export const MAX_NESTING = 3_000;

/** Categories activated for one message: the longest honest recursion seen needs a few hundred. */
export const MAX_ACTIVATIONS = 5_000;

/** Rounds of one condition's loop. */
export const MAX_LOOPS = 1_000;

/** Time for one message, that of the bots asked here included, waiting not: nobody else is answered meanwhile. */
export const MAX_TURN_MS = 750;

/** Steps of the search for one category; thousands are many, and a million take a tenth of a second. */
export const MAX_STEPS = 1_000_000;

/** Other bots asked for one message, those that they ask included: each has the person wait. */
export const MAX_INQUIRIES = 5;

/** Characters a template may grow to; a text message carries 1,600. */
export const MAX_OUTPUT_LENGTH = 65_536;

/** Characters read from a person, by an srai or by another bot; a text message carries 1,600. */
export const MAX_INPUT_LENGTH = 10_000;

/** Characters of a date's format; a longer one counts as none. */
export const MAX_FORMAT_LENGTH = 1_000;

/** Predicates kept for one person, so that a template cannot fill the disk. */
export const MAX_PREDICATES = 1_000;

/** Characters of one predicate's name and value together. */
export const MAX_PREDICATE_LENGTH = 10_000;

/** Characters kept of one person's predicates, categories and triples together: the disk is everybody's. */
export const MAX_MEMORY_LENGTH = 1_000_000;

/** Characters kept of one answer, for those who look back at it. */
export const MAX_REMEMBERED_LENGTH = 16_384;

/** Categories learned for one person; each is matched beside the bot's own. */
export const MAX_LEARNED = 1_000;

/** Categories learned for everybody. */
export const MAX_LEARNED_FOR_ALL = 2_000;

/** Bytes of all of them; the property max-learn-file-size may ask for less. */
export const MAX_LEARNED_BYTES_FOR_ALL = 1_000_000;

/** Words of a learned category's pattern, that and topic: a text message of 1,600 characters has fewer. */
export const MAX_LEARNED_PATTERN_WORDS = 400;

/** Characters of one learned category in the memory. */
export const MAX_LEARNED_LENGTH = 10_000;

/** Turns that request, response, input and that can look back: Rosie asks for 31. */
export const MAX_HISTORY = 32;

/** Words of one pattern: the search goes one call deeper with each. */
export const MAX_PATTERN_WORDS = 1_000;

/** Elements within elements in a file; deeper ones are a mistake or an attack. */
export const MAX_XML_DEPTH = 100;

/** Characters of a substitution's key: at every place in a text the search may go so far. */
export const MAX_KEY_LENGTH = 200;

/** Texts whose words are kept for the next time they come by (an srai's text, a bot's own sentence). */
export const MAX_CACHED_TEXTS = 4_096;

/** Characters of such a text: longer ones hardly come by twice. */
export const MAX_CACHED_LENGTH = 256;

/** Bytes that the categories of all who were taught may take once they are compiled. */
export const MAX_COMPILED_BYTES = 64_000_000;

/** Words that may be learned until those no longer in use are looked for. */
export const MAX_NEW_WORDS = 100_000;

/** Categories that stay compiled once they were wanted; a busy bot of a hundred thousand uses fewer. */
export const MAX_READ_CATEGORIES = 20_000;

/** Elements within elements that are still told apart when an answer becomes a text; of deeper ones the text is kept. */
export const MAX_MARKUP_DEPTH = 100;

/** People whose triples stay ready to be searched. */
export const MAX_CACHED_PEOPLE = 256;

/** Triples kept for one person. */
export const MAX_TRIPLES = 1_000;

/** Characters of one triple in the memory. */
export const MAX_TRIPLE_LENGTH = 1_000;

/** Clauses of one `<select>`: the search goes one call deeper with each. */
export const MAX_CLAUSES = 100;

/** Triples that one `<select>` looks at: several questions in a row multiply. */
export const MAX_TRIPLE_STEPS = 20_000;
