import { expect, it } from 'vitest';
import { partsOf } from './marks';

const shown = (title: string, q: string) =>
  partsOf(title, q)
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join('');

it('marks what was typed, whatever its marks and case', () => {
  expect(shown('Jörg Röder', 'RODER')).toBe('Jörg [Röder]');
  expect(shown('Jörg Röder', 'oder jö')).toBe('[Jö]rg R[öder]');
  expect(shown('Straße der Łódź', 'strass lod')).toBe('[Straß]e der [Łód]ź');
  expect(shown('Анна Шевченко', 'шев')).toBe('Анна [Шев]ченко');
});

it('leaves alone what does not show the words', () => {
  expect(shown('Шевченко', 'shev')).toBe('Шевченко');
  expect(shown('Anna', '')).toBe('Anna');
});
