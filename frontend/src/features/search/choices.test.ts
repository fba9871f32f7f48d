import { expect, it } from 'vitest';
import { actionsFor, choicesFrom } from './choices';

const titles = (q: string, permissions: string[]) =>
  actionsFor(q, permissions).map((choice) => choice.title);

it('offers only what the role may do', () => {
  expect(titles('', ['calls:read'])).toEqual([
    'Go to Home',
    'Go to Search',
    'Go to Calls',
    'Go to your account',
  ]);
  expect(titles('new', [])).toEqual([]);
  expect(titles('new', ['stakeholders:write'])).toEqual(['New stakeholder']);
});

it('finds actions by the beginning of any of their words', () => {
  expect(titles('pass', [])).toEqual(['Go to your account']);
  expect(titles('go mai', ['mail:read', 'mail:write'])).toEqual(['Go to Mail', 'Go to Mailboxes']);
});

it('groups hits by kind and keeps the server’s order within', () => {
  const hit = (kind: 'stakeholder' | 'call' | 'thread', id: string) => ({ kind, id, title: id });
  const choices = choicesFrom([hit('thread', 't1'), hit('stakeholder', 's1'), hit('thread', 't2')]);
  expect(choices.map((choice) => choice.key)).toEqual(['stakeholder:s1', 'thread:t1', 'thread:t2']);
});

it('says of a meeting the day that was written, and no moment, which another zone would shift', () => {
  const meeting = { kind: 'interaction', id: 'i1', title: 'Lunch', date: '2026-03-29' } as const;
  const [choice] = choicesFrom([{ ...meeting, at: '2026-03-29T21:30:00Z', about: 's1' }]);
  expect(choice).toMatchObject({ date: '2026-03-29', at: undefined });
});
