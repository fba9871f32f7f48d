import { expect, it } from 'vitest';
import { cut, ring } from './ring';

it.each([1, 2, 7, 12, 13, 40])('keeps %i nodes apart and within the drawing', (count) => {
  for (const width of [300, 358, 700, 1000]) {
    const { places, height } = ring(count, width);
    expect(places).toHaveLength(count);
    for (const { x, y } of places) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
    const spots = new Set(places.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`));
    expect(spots.size).toBe(count);
  }
});

it('lets no name stand on its head', () => {
  for (const count of [3, 40])
    for (const { turn } of ring(count, 700).places)
      expect(Math.cos((turn * Math.PI) / 180)).toBeGreaterThan(-1e-9);
});

it('writes names away from the middle', () => {
  for (const { x, anchor } of ring(9, 700).places) expect(anchor).toBe(x < 350 ? 'end' : 'start');
});

it('cuts what is too long and leaves the rest', () => {
  expect(cut('Haven', 5)).toBe('Haven');
  expect(cut('Haven of all', 7)).toBe('Haven…');
});
