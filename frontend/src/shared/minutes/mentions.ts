/** A mention that is being written: where its @ stands, and what is typed of the name behind it. */
export interface Typing {
  from: number;
  typed: string;
}

const atEnd = /[\p{L}\p{N}]$/u;

/** The mention in which the caret stands. An @ right behind a letter or digit is an address of mail. */
export function typingAt(text: string, caret: number): Typing | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0 || atEnd.test(before.slice(0, from))) return null;
  const typed = before.slice(from + 1);
  return /^\s|\n/.test(typed) ? null : { from, typed };
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) => fold(text).split(/\s+/).filter(Boolean);

/** As many names as a list shows at once. */
const AT_MOST = 6;

/** The names that what is typed may become: each word of it begins a word of the name. */
export function offered(typed: string, names: readonly string[]): string[] {
  const words = wordsOf(typed);
  return [...new Set(names)]
    .filter((name) => {
      const parts = wordsOf(name);
      // Who is named in full needs no list; a longer name that begins the same may still be meant.
      if (words.join(' ') === parts.join(' ')) return false;
      return words.every((word) => parts.some((part) => part.startsWith(word)));
    })
    .slice(0, AT_MOST);
}

/**
 * Finds these names behind an @, as the API reads mentions: whatever the case, the longer of two names,
 * not within a word. Null where there is none to find.
 */
export function mentionsOf(names: readonly string[]): RegExp | null {
  const known = names.map((name) => name.trim()).filter(Boolean);
  if (known.length === 0) return null;
  const any = known
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])@(${any})(?![\\p{L}\\p{N}])`, 'giu');
}
