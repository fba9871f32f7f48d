/**
 * Moves the headings of a foreign text below those of our page: its highest becomes an h3, so that
 * nobody who reads by headings stumbles over a gap.
 */
export function fitHeadings(html: string): string {
  const levels = [...html.matchAll(/<h([1-6])[\s>]/gi)].map((found) => Number(found[1]));
  if (levels.length === 0) return html;
  const known = [...new Set(levels)].sort((a, b) => a - b);
  return html.replace(
    /(<\/?h)([1-6])(?=[\s>])/gi,
    (_all, start: string, level: string) =>
      start + String(Math.min(6, 3 + known.indexOf(Number(level)))),
  );
}
