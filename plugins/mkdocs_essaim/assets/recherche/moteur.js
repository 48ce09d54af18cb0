// Asks Pagefind for each word of a question, and puts the pages that answer best first.
import { fold, readings, wanted } from "./mots.js";
import { vocabulary } from "./proches.js";

const FILTERS = []; // written by the build: name and label of each way to narrow results
const HAS_RANKS = false; // written by the build: whether some pages come before or after those that answer as well
const RANKING = {
  termSimilarity: 1, termSaturation: 1.2, termFrequency: 0.9, pageLength: 0.5, diacriticSimilarity: 0.4,
  metaWeights: { title: 8, resume: 2.5, formes: 0.5, sens: 0.3, genre: 0, image: 0, ...names(6) },
};
const BEFORE = 6; // what the score of the page that explains an acronym is multiplied by, when it is asked for
const AFTER = 0.25; // what the score of a page that comes last is multiplied by
const PARTIAL = 0.3; // and of one that only has words that begin like the one asked for
const HALF = 0.45; // a page that answers less than about half of what another does is left out
const SIGNATURE = "pagefind_dcd"; // what the files of Pagefind begin with
const LONGEST = 40; // letters of a word that is worth correcting
const WINDOW = 24; // words of an extract
const base = new URL("../../", import.meta.url); // this file stands in assets/recherche/
let opened = null;
let sizes = null; // how many pages each index has, by its name
let words = null;
let narrowing = null;
const fragments = new Map(); // what is shown of a page, by its id

/** The weight of each other name of a page: nom1, nom2… */
function names(weight) {
  return Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`nom${at + 1}`, weight]));
}

/** Return the engine, asked for once: the first index, and beside it the others that a large wiki has. */
function engine() {
  opened ??= open().catch((problem) => { opened = null; throw problem; });
  return opened;
}

async function open() {
  const tag = Date.now(); // Pagefind asks for the list of indexes again for each: one address for all
  const [module, list] = await Promise.all([
    import(new URL("pagefind/pagefind.js", base)),
    fetch(new URL(`pagefind/pagefind-entry.json?ts=${tag}`, base)).then((answer) => answer.json()),
  ]);
  const instance = module.createInstance({ noWorker: true, metaCacheTag: tag });
  await instance.init();
  await instance.options({ ranking: RANKING });
  const [, ...others] = Object.keys(list.languages);
  const folder = new URL("pagefind/", base).href;
  await Promise.all(others.map((language) => instance.mergeIndex(folder, { language, ranking: RANKING, metaCacheTag: tag })));
  sizes = new Map(Object.values(list.languages).map(({ hash, pages }) => [index(hash), pages]));
  return instance;
}

/** Return the index that a name of Pagefind belongs to. */
function index(name) {
  return name.slice(0, name.lastIndexOf("_"));
}

/** Return what makes the scores of each index comparable: in each, a word says more when few of its pages have it. */
function balance(results) {
  const counts = new Map([...sizes.keys()].map((name) => [name, 0]));
  for (const { id } of results) counts.set(index(id), counts.get(index(id)) + 1);
  const rarity = (pages, count) => Math.log(1 + (pages - count + 0.5) / (count + 0.5));
  const all = rarity([...sizes.values()].reduce((sum, pages) => sum + pages, 0), results.length);
  return new Map([...counts].map(([name, count]) => [name, count ? all / rarity(sizes.get(name), count) : 1]));
}

/** Return where a page is in the site, by the name that Pagefind gives it: that of a file, without folders. */
function place(name) {
  return decodeURIComponent(name.replaceAll("/", "")).replace(/(^|\/)index\.html$/, "$1");
}

/** Return the words of the wiki, asked for when one is not understood. */
function known() {
  words ??= unpacked(new URL("pagefind/mots.gz", base)).then(vocabulary);
  return words.catch(() => { words = null; return vocabulary(""); });
}

/** Answer a question: `pages`, the best first, and `corrected`, what was looked for instead of it ("" for itself). */
export async function ask(question, { exactly = false } = {}) {
  const pagefind = await engine();
  const asked = wanted(question).filter(([word], _, all) => word.length > 1 || all.length === 1);
  let found = await Promise.all(asked.map((forms) => look(pagefind, forms)));
  let corrected = "";
  if (!exactly) {
    const mended = await Promise.all(asked.map(([word], at) => mend(word, found[at])));
    if (mended.some(Boolean)) {
      corrected = rewritten(question, asked, mended);
      mended.forEach((word, at) => { if (word) asked[at] = [fold(word)]; });
      found = await Promise.all(asked.map((forms, at) => (mended[at] ? look(pagefind, forms) : found[at])));
    }
  }
  return { pages: rank(found), corrected, words: asked };
}

/** Return the pages for a word, whatever its form: by page, the score, the places, and what loads it.
 *  Pagefind finds longer words too, and shorter ones: pages that have the word itself come before. */
async function look(pagefind, forms) {
  const pages = new Map();
  for (const form of forms) {
    const { results } = await pagefind.search(form);
    const whole = await holders(pagefind, `"${form}"`);
    const balanced = balance(results);
    const last = await ranked(pagefind, form, "apres");
    const first = await ranked(pagefind, form, `sigle ${form}`);
    for (const result of results) {
      const score = result.score * balanced.get(index(result.id)) * (!whole.size || whole.has(result.id) ? 1 : PARTIAL) * (last.has(result.id) ? AFTER : 1)
        * (first.has(result.id) ? BEFORE : 1);
      const page = pages.get(result.id);
      if (!page || page.score < score) pages.set(result.id, { id: result.id, score, places: result.words });
      else page.places = page.places.concat(result.words);
    }
  }
  return pages;
}

/** Return the ids of the pages that answer a word; in quotes, it must be there as it is, or in another number. */
async function holders(pagefind, word, options = {}) {
  const { results } = options ? await pagefind.search(word, options) : { results: [] };
  return new Set(results.map((result) => result.id));
}

/** Return the ids of the pages that answer a word and have a rank. */
function ranked(pagefind, word, rank) {
  return holders(pagefind, word, HAS_RANKS ? { filters: { _rang: [rank] } } : null);
}

/** Return what a word probably meant, or null when it is understood as it is. For a word that nothing is like,
 *  Pagefind finds some that begin as it does: those pages are taken out when only a few letters are the same. */
async function mend(word, pages) {
  if ((await holders(await engine(), `"${word}"`)).size) return null;
  const best = [...pages.values()].sort((a, b) => b.score - a.score)[0];
  const data = best && (await load(best.id));
  if (data && holds(data, word)) return null;
  if (word.length >= 4 && word.length <= LONGEST && !/\d/.test(word)) {
    const vocabulary = await known();
    const near = vocabulary.begins(word) ? null : vocabulary.nearest(word);
    if (near) return near;
  }
  if (data && !holds(data, word.slice(0, Math.max(4, Math.ceil(word.length * 0.6))))) pages.clear();
  return null;
}

/** Whether a page has a word that begins with these letters. */
function holds(data, word) {
  return readings(`${Object.values(data.meta).join(" ")} ${data.content}`)
    .some((forms) => forms.some((form) => form.startsWith(word)));
}

/** Return a question with what some of its words probably meant in their place. */
function rewritten(question, asked, mended) {
  return question.trim().split(/\s+/).map((chunk) => {
    const said = readings(chunk).map(([word]) => word);
    const at = asked.findIndex(([word], number) => mended[number] && said.includes(word));
    return at < 0 ? chunk : mended[at];
  }).join(" ");
}

/** Put together what each word found: a page that answers more of the words comes before. */
function rank(found) {
  const total = found.reduce((sum, pages) => sum + weight(pages), 0) || 1;
  const pages = new Map();
  found.forEach((some, at) => {
    for (const [id, { score, places }] of some) {
      const page = pages.get(id) || { id, score: 0, share: 0, places: [] };
      page.score += score;
      page.share += weight(some) / total;
      page.places.push(...places.map((place) => [place, at]));
      pages.set(id, page);
    }
  });
  const most = Math.max(...[...pages.values()].map((page) => page.share));
  return [...pages.values()].filter((page) => page.share > most * HALF)
    .map((page) => ({ ...page, score: page.score * page.share ** 2 }))
    .sort((a, b) => b.score - a.score);
}

/** A word that few pages have says more than one that many have. */
function weight(pages) {
  return 1 / Math.log2(2 + pages.size);
}

/** Return, for each filter that some page fills, its name, its label and its values, each with the ids of its pages.
 *  Pagefind's own filters would have the whole index loaded. */
export function filters() {
  narrowing ??= fetch(new URL("pagefind/filtres.json", base)).then((answer) => answer.json()).then(({ pages, values }) =>
    FILTERS.filter(([name]) => values[name]).map(([name, label]) => {
      const sorted = Object.entries(values[name]).sort(([a], [b]) => a.localeCompare(b, "fr"));
      return [name, label, sorted.map(([value, places]) => [value, new Set(places.map((place) => pages[place]))])];
    }));
  return narrowing.catch((problem) => { narrowing = null; throw problem; });
}

/** Return what the index keeps of a page: its address, its words, what is said of it. */
function load(id) {
  if (!fragments.has(id)) fragments.set(id, unpacked(new URL(`pagefind/fragment/${id}.pf_fragment`, base))
    .then((text) => JSON.parse(text.slice(SIGNATURE.length))));
  return fragments.get(id).catch((problem) => { fragments.delete(id); throw problem; });
}

/** Return the text of a file in gzip. */
async function unpacked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const stream = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Return what a result shows of a page: its address, title, kind and summary, an extract, and sections. */
export async function shown(page) {
  const data = await load(page.id);
  const address = new URL(place(data.url).split("/").map(encodeURIComponent).join("/"), base).href;
  const names = Object.keys(data.meta).filter((name) => /^nom\d/.test(name)).map((name) => data.meta[name]);
  const head = [data.meta.title, names.join(" ; "), data.meta.resume || ""].join(" ").trim().split(/\s+/).length;
  const texts = data.content.split(/[\s\u200b]+/).slice(head); // names and summary come first, to be searched
  const places = page.places.map(([place, at]) => [place - head, at]).filter(([place]) => place >= 0);
  return {
    address,
    title: data.meta.title,
    kind: data.meta.genre,
    summary: data.meta.resume || "",
    extract: extract(texts, places),
    sections: sections(data.anchors.map((one) => ({ ...one, location: one.location - head })), places).map(({ id, text }) => ({ address: `${address}#${encodeURIComponent(id)}`, text })),
  };
}

/** Return the words around the places where most of the question is met, each with whether it is one of them. */
function extract(texts, places) {
  if (!places.length) return [];
  const starts = places.map(([place]) => Math.max(0, place - 4));
  const worth = (start) => new Set(places.filter(([place]) => place >= start && place < start + WINDOW).map(([, at]) => at)).size;
  const start = starts.reduce((best, one) => (worth(one) > worth(best) ? one : best));
  const marked = new Set(places.map(([place]) => place));
  return texts.slice(start, start + WINDOW).map((text, at) => [text, marked.has(start + at)]);
}

/** Return the two sections that hold most of the question, in the order of the page. */
function sections(anchors, places) {
  const found = anchors.map((anchor, at) => {
    const end = anchors[at + 1]?.location ?? Infinity;
    const held = places.filter(([place]) => place >= anchor.location && place < end);
    return { id: anchor.id, text: anchor.text, at, worth: new Set(held.map(([, word]) => word)).size, count: held.length };
  }).filter((one) => one.worth && one.text);
  return found.sort((a, b) => b.worth - a.worth || b.count - a.count).slice(0, 2).sort((a, b) => a.at - b.at);
}
