import { expect, it } from 'vitest';
import { callsSearch } from '@/features/calls/search';
import { signInSearch } from '@/features/session/search';
import { stakeholdersSearch } from '@/features/stakeholders/search';
import { parseSearch, stringifySearch } from './address';

it('writes filters as plain words and reads them back', () => {
  const search = {
    q: 'Łódź & co',
    state: ['open', 'closed'],
    rows: 300,
    trashed: true,
    sort: undefined,
  };
  const text = stringifySearch(search);
  expect(text).toBe('?q=%C5%81%C3%B3d%C5%BA+%26+co&state=open&state=closed&rows=300&trashed=true');
  expect(parseSearch(text)).toEqual({
    q: 'Łódź & co',
    state: ['open', 'closed'],
    rows: '300',
    trashed: 'true',
  });
  expect(stringifySearch({})).toBe('');
});

it('takes a single state for a list of one, and drops what it does not know', () => {
  expect(callsSearch(parseSearch('?state=open&sort=magic&deadline_after=tomorrow'))).toMatchObject({
    where: '["state","any",["open"]]',
    sort: undefined,
  });
  expect(stakeholdersSearch(parseSearch('?q=007&rows=-1&trashed=maybe'))).toMatchObject({
    q: '007',
    rows: undefined,
    trashed: undefined,
  });
});

it('leads only to pages of Piper after signing in', () => {
  expect(signInSearch({ next: '/calls?state=open' })).toEqual({ next: '/calls?state=open' });
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'calls']) {
    expect(signInSearch({ next })).toEqual({});
  }
});
