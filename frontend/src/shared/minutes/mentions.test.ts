import { expect, it } from 'vitest';
import { mentionsOf, offered, typingAt } from './mentions';

const names = ['Ana', 'Ana Lima', 'Inês Carvalho', 'Jonas Lindqvist', 'Katarzyna Wójcik'];

it('knows where a mention is being written', () => {
  expect(typingAt('Ask @jo', 7)).toEqual({ from: 4, typed: 'jo' });
  expect(typingAt('@', 1)).toEqual({ from: 0, typed: '' });
  expect(typingAt('Ask @jo tomorrow', 7)).toEqual({ from: 4, typed: 'jo' });
  expect(typingAt('**@jo', 5)).toEqual({ from: 2, typed: 'jo' });
  for (const text of ['Ask jo', 'a@jo', 'ż@jo', '7@jo', 'Ask @ jo', '@Jonas\nnext']) {
    expect(typingAt(text, text.length), text).toBeNull();
  }
});

it('offers whose words begin so, whatever accents and case', () => {
  expect(offered('', names)).toEqual(names);
  expect(offered('wojc', names)).toEqual(['Katarzyna Wójcik']);
  expect(offered('LIND jo', names)).toEqual(['Jonas Lindqvist']);
  expect(offered('Jonas said', names)).toEqual([]);
});

it('offers nobody who is named in full already, but a longer name', () => {
  expect(offered('Jonas Lindqvist', names)).toEqual([]);
  expect(offered('ana', names)).toEqual(['Ana Lima']);
});

it('offers no more than a list can show, and each name once', () => {
  expect(offered('', [...names, ...names, 'B', 'C', 'D'])).toHaveLength(6);
  expect(offered('an', ['Ana', 'Ana'])).toEqual(['Ana']);
});

it('finds mentions as the API does', () => {
  const found = (text: string, known = names) => text.match(mentionsOf(known) ?? /$^/) ?? [];
  expect(found('@Ana Lima, @ana and @JONAS LINDQVIST.')).toEqual([
    '@Ana Lima',
    '@ana',
    '@JONAS LINDQVIST',
  ]);
  expect(found('x@Ana, @Anaïs, @Anab, é@Ana, @Ana7')).toEqual([]);
  expect(found('@A.(x) and @Abbx', ['A.(x)'])).toEqual(['@A.(x)']);
  expect(mentionsOf([])).toBeNull();
});
