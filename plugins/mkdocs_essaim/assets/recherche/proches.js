// What a misspelled word probably meant: the nearest word of the wiki, by its letters or by its French sounds.
import { fold } from "./mots.js";

const SOUNDS = [ // in this order, on folded letters
  [/ph/g, "f"], [/s?ch|sh/g, "#"], [/gn/g, "n"], [/[ck]?qu|[ck]+(?![eiy])|ck|q|k/g, "k"], [/s?c(?=[eiy])|ss+|ç/g, "s"],
  [/ti(?=on|el|eu)/g, "si"], [/x(?=[cs])/g, "k"], [/ge(?=[ao])|g(?=[eiy])/g, "j"], [/gu(?=[eiy])/g, "g"],
  [/eau|au/g, "o"], [/oeu|oe|eu/g, "e"], [/ou/g, "w"], [/oi/g, "wa"], [/ill?(?=[aeiouy])/g, "y"],
  [/(?:a|e)[iy](?![nm])|er$|ez$|et$|ees?$/g, "e"], [/h/g, ""], [/y/g, "i"], [/(?:a|e)[nm](?![aeiounm])/g, "1"],
  [/(?:a|e)?i[nm](?![aeiounm])|u[nm](?![aeiounm])/g, "2"], [/o[nm](?![aeiounm])/g, "3"], [/(.)\1+/g, "$1"],
  [/(?:nt|[estdxpz])+$/g, ""], [/z/g, "s"],
];

/** Return how a folded word sounds, near enough to compare it with another. */
export function sound(word) {
  return SOUNDS.reduce((text, [pattern, by]) => text.replace(pattern, by), word);
}

/** Return how many typing slips separate two words, or Infinity above `most`: two neighbours swapped are one slip. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
}

/** Return what compares words with those of a list, one a line, the most used first. */
export function vocabulary(text) {
  const known = text.split("\n").filter(Boolean).map((word) => [word, fold(word)]);
  const sounds = known.map(([, key]) => sound(key));
  return {
    /** Whether some word begins with these letters. */
    begins: (key) => known.some(([, other]) => other.startsWith(key)),
    /** Return the word nearest to a folded one, or null: the most used of the nearest. */
    nearest(key) {
      const most = key.length <= 4 ? 1 : key.length <= 8 ? 2 : 3;
      const heard = sound(key);
      let [best, found] = [Infinity, null];
      known.forEach(([word, other], at) => {
        const far = Math.min(
          distance(key, other, most),
          heard.length > 2 ? 0.5 + distance(heard, sounds[at], Math.max(0, most - 1)) : Infinity,
        );
        if (far < best) [best, found] = [far, word];
      });
      return found;
    },
  };
}
