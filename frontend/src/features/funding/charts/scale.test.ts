import { describe, expect, it } from 'vitest';
import { neighbour, stack, ticks, type Band } from './scale';

const band = (id: string, values: number[]): Band => ({ id, name: id, color: '', values });

describe('ticks', () => {
  it('are round and cover the range', () => {
    expect(ticks(0, 1150)).toEqual([0, 500, 1000, 1500]);
    expect(ticks(-20, 90)).toEqual([-50, 0, 50, 100]);
  });
  it('survive a range of nothing', () => {
    expect(ticks(0, 0)).toEqual([0]);
  });
});

describe('stack', () => {
  it('hangs negative values below the line', () => {
    const segments = stack([band('a', [10]), band('b', [-4]), band('c', [5])], 1);
    expect(segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 10],
      [0, -4],
      [10, 15],
    ]);
  });
  it('draws nothing for nothing', () => {
    expect(stack([band('a', [0, 3])], 2)).toHaveLength(1);
  });
});

describe('neighbour', () => {
  const segments = stack([band('a', [1, 1]), band('b', [1, 0]), band('c', [1, 1])], 2);
  const at = (b: number, c: number) => segments.find((s) => s.band === b && s.column === c);
  it('walks sideways along a band and up a column', () => {
    const start = at(0, 0);
    if (!start) throw new Error('no segment');
    expect(neighbour(segments, start, 'ArrowRight')).toBe(at(0, 1));
    expect(neighbour(segments, start, 'ArrowUp')).toBe(at(1, 0));
    expect(neighbour(segments, start, 'ArrowLeft')).toBeUndefined();
    expect(neighbour(segments, start, 'Enter')).toBeUndefined();
  });
  it('skips what is not there', () => {
    const low = at(0, 1);
    if (!low) throw new Error('no segment');
    expect(neighbour(segments, low, 'ArrowUp')).toBe(at(2, 1));
  });
});
