/** Round steps of 1, 2 or 5 that cover a range with about `wanted` lines. */
export function ticks(min: number, max: number, wanted = 5): number[] {
  if (!(max > min)) return [min];
  const rough = (max - min) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(min / step);
  const last = Math.ceil(max / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

export interface Band {
  id: string;
  name: string;
  color: string;
  values: number[];
}

export interface Segment {
  band: number;
  column: number;
  value: number;
  /** The two ends on the value axis. */
  from: number;
  to: number;
}

/** Stacks bands column by column; what is negative hangs below the line instead of eating into it. */
export function stack(bands: Band[], columns: number): Segment[] {
  const segments: Segment[] = [];
  for (let column = 0; column < columns; column++) {
    let above = 0;
    let below = 0;
    bands.forEach(({ values }, band) => {
      const value = values[column] ?? 0;
      if (value === 0) return;
      const from = value > 0 ? above : below;
      const to = from + value;
      if (value > 0) above = to;
      else below = to;
      segments.push({ band, column, value, from, to });
    });
  }
  return segments;
}

/** Where the arrow keys lead: sideways to the next column that has the band, up and down in a column. */
export function neighbour(segments: Segment[], at: Segment, key: string): Segment | undefined {
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (sideways !== undefined) {
    const row = segments.filter((one) => one.band === at.band);
    return row[row.indexOf(at) + sideways];
  }
  const upwards = { ArrowUp: 1, ArrowDown: -1 }[key];
  if (upwards === undefined) return undefined;
  const column = segments.filter((one) => one.column === at.column);
  column.sort((a, b) => (a.from + a.to) / 2 - (b.from + b.to) / 2);
  return column[column.indexOf(at) + upwards];
}
