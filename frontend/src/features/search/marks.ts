const written: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => written[letter] ?? letter);
}

export interface Part {
  text: string;
  found: boolean;
}

/** A title in parts: those that a typed word stands in, marks and case aside, and the rest. */
export function partsOf(title: string, q: string): Part[] {
  const letters = Array.from(title);
  const starts: number[] = []; // of each letter in the folded title
  let folded = '';
  for (const letter of letters) {
    starts.push(folded.length);
    folded += fold(letter);
  }
  const found = letters.map(() => false);
  for (const word of fold(q).split(/[^\p{L}\p{N}]+/u)) {
    const at = word === '' ? -1 : folded.indexOf(word);
    if (at < 0) continue;
    starts.forEach((start, i) => {
      const end = starts[i + 1] ?? folded.length;
      if (start < at + word.length && end > at) found[i] = true;
    });
  }
  const parts: Part[] = [];
  letters.forEach((letter, i) => {
    const last = parts.at(-1);
    if (last && last.found === found[i]) last.text += letter;
    else parts.push({ text: letter, found: found[i] ?? false });
  });
  return parts;
}
