// The words of a text as search compares them: the rule of essaim/views/search/words.py, tested by the same cases.
// Case, accents, apostrophes and the dots of inclusive writing do not count.

const DOTS = /[·‧⋅∙•⸱․・ꞏ]/g;
const ELIDED = new Set("c d j l m n s t qu jusqu lorsqu puisqu quoiqu".split(" "));
const SUFFIX = "(?:[td]?rices?|ices?|euses?|i?eres?|i?ennes?|elles?|i?ves?|e?sses?|ses?|tes?|nes?|les?|fes?|es?|s)";
const END = "(?![\\p{L}\\p{N}_])"; // the end of a word: \b knows no accents
const INCLUSIVE = new RegExp(
  `(?<![\\p{L}])(\\p{L}{2,})(?:((?:[·./]${SUFFIX}${END})+)|\\((${SUFFIX})\\)(s${END}|\\(s\\))?)`, "gu");
const CAPITALS = new RegExp(
  "(?<=[a-zà-ÿ])([TD]?RICE|ICE|EUSE|I?[EÈ]RE|I?ENNE|ELLE|I?VE|SSE|[STNL]?E)([sS]?)(?![\\p{L}\\p{N}_])", "gu");
const TAILS = [ // how the suffix begins, how the masculine ends, what stays of that end
  ["drice", "deur", ""], ["trice", "teur", ""], ["rice", "eur", ""], ["ice", "eur", "r"], ["euse", "eur", ""],
  ["euse", "eux", ""], ["iere", "ier", ""], ["ere", "er", ""], ["ienne", "ien", ""], ["enne", "en", ""],
  ["elle", "eau", ""], ["elle", "el", ""], ["ive", "if", ""], ["ve", "f", ""], ["esse", "e", ""],
  ["se", "eur", "eu"], ["se", "x", ""],
];
const EDGES = "«»\"“”„.,;:!?…*\\[\\]{}<>|·•\\-–—’‘'";
const EDGE = new RegExp(`^[${EDGES}]+|[${EDGES}]+$`, "gu");
const STOP = new Set((
  "a ai au aux avec avoir c ca ce ces cet cette ceux chez comme comment d dans de des dois doit du elle elles en est "
  + "et etre eu il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas "
  + "peut peux pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta te "
  + "tes toi ton tu un une va vers veut veux vos votre vous y faut quelqu chose"
).split(" "));

/** Return the form under which two texts are compared. */
export function fold(text) {
  return text.normalize("NFKD").replace(/[\u200b-\u200d\ufeff\u00ad]|\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/[’‘ʼ′´`]/g, "'")
    .replace(DOTS, "·").replace(/[-‐‑‒–—_\s]+/g, " ").trim();
}

/** Return the words of a text in their order, each with its folded forms: several when it is inclusive. */
export function readings(text) {
  return text.split(/\s+/).filter(Boolean).flatMap((chunk) => {
    const parts = withoutEdges(chunk).split(/['’‘ʼ]/);
    const last = parts.pop();
    return [...parts.filter((part) => !ELIDED.has(fold(part))), last].flatMap(read);
  });
}

/** Return the words of a text that are worth looking for; all of them when none is. */
export function wanted(text) {
  const all = readings(text);
  const some = all.filter((forms) => !STOP.has(forms[0]));
  const kept = some.length ? some : all;
  return kept.filter((forms, at) => kept.findIndex((other) => other[0] === forms[0]) === at);
}

function read(piece) {
  const words = (way) => way.match(/[\p{L}\p{N}]+/gu) || [];
  const dotted = fold(piece.replace(/(?<=\p{L})[-‑,](?=\p{L})/gu, "·").replace(CAPITALS, "·$1$2"));
  const [masculine, feminine] = [false, true].map((isFeminine) =>
    words(dotted.replace(INCLUSIVE, (...match) => plain(match, isFeminine))));
  if (!new RegExp(INCLUSIVE, "u").test(dotted) || masculine.length !== feminine.length)
    return words(fold(piece)).map((word) => [word]);
  return masculine.map((word, at) => [...new Set([word, feminine[at]])]);
}

/** Return the masculine or the feminine of an inclusive word: base, suffixes after dots, or one in brackets. */
function plain([, base, dotted, inBrackets, afterBrackets], isFeminine) {
  const marks = dotted ? dotted.split(/[·./]/).slice(1) : [inBrackets, ...(afterBrackets ? ["s"] : [])];
  let [suffix] = marks;
  let plural = "";
  if (suffix === "s") [suffix, plural] = ["", "s"];
  else if (marks.at(-1) === "s") [suffix, plural] = [suffix.replace(/s$/, ""), "s"];
  else if (suffix.endsWith("s")) {
    if (suffix !== "es") base = base.replace(/s$/, ""); // the plural on both sides: coopérateurs·trices
    [suffix, plural] = [suffix.replace(/s$/, ""), "s"];
  }
  if (!isFeminine) return /[sx]$/.test(base) ? base : base + plural;
  const tail = TAILS.find(([start, end]) => suffix.startsWith(start) && base.endsWith(end));
  return (tail ? base.slice(0, base.length - tail[1].length) + tail[2] : base) + suffix + plural;
}

function withoutEdges(chunk) {
  const bare = chunk.replace(EDGE, "").replace(/^\(+/, "");
  return bare.includes("(") ? bare : bare.replaceAll(")", "").replace(EDGE, "");
}
