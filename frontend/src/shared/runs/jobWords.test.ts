import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jobWords } from './jobWords';

const timetable = readFileSync(new URL('../../../../jobs/timetable.go', import.meta.url), 'utf8');

it('has a word for every job of the timetable, so that each can be found in the history', () => {
  const jobs = Array.from(timetable.matchAll(/^\s+Name: "([^"]+)"/gm), ([, name]) => name);
  expect(jobs.length).toBeGreaterThan(10);
  expect(Object.keys(jobWords)).toEqual(jobs);
});
