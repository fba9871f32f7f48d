interface Limits {
  amber: number;
  red: number;
}

/**
 * Limits at which a figure is marked. There is no agreed limit for non-profits: these are the
 * secretariat's own choice and are labelled so wherever they show.
 */
export const thresholds: { hhi: Limits; top1: Limits; top3: Limits } = {
  hhi: { amber: 0.18, red: 0.25 },
  top1: { amber: 0.25, red: 0.4 },
  top3: { amber: 0.6, red: 0.75 },
};

export type Mark = 'amber' | 'red' | null;

export function markOf(value: number | null, limits: Limits): Mark {
  if (value === null) return null;
  if (value >= limits.red) return 'red';
  return value >= limits.amber ? 'amber' : null;
}
