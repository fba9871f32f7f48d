import { expect, it } from 'vitest';
import { rowsInSight } from './evenRows';

const frame = { offset: 200, height: 37 };

it('draws whatever is in sight, wherever the page has been scrolled to, and little more', () => {
  const count = 100_000;
  for (let scrollTop = 0; scrollTop < 200 + count * 37; scrollTop += 7919) {
    const [from, to] = rowsInSight(frame, count, scrollTop, 900);
    const top = 200 + from * 37;
    const bottom = 200 + to * 37;
    expect(from === 0 || top <= scrollTop).toBe(true);
    expect(to === count || bottom >= scrollTop + 900).toBe(true);
    expect(to - from).toBeLessThanOrEqual(Math.ceil(900 / 37) + 14);
    expect(from).toBeLessThan(to);
  }
});

it('draws the last row when a list got shorter under a page that is scrolled far', () => {
  expect(rowsInSight(frame, 200, 3_700_000, 900)).toEqual([199, 200]);
});

it('draws the first rows while the table is still below what is in sight', () => {
  expect(rowsInSight({ offset: 3000, height: 37 }, 500, 0, 900)).toEqual([0, 1]);
});
