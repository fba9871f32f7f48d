import type { Affiliation } from '@/shared/api/types';
import { yearsOf } from '@/shared/format/span';

interface Line {
  /** Each post with where it begins and ends, from 0 to 1. */
  spans: { post: Affiliation; from: number; to: number }[];
  years: { year: number; at: number }[];
}

/** The end of a date that may be known to the month or year only: 2024 ends with December. */
const endOf = (date: string) => yearsOf(date) + ({ 4: 1, 7: 1 / 12 }[date.length] ?? 1 / 365);

/** Places posts on a line from the first beginning that is known until now. Null where nothing is known. */
export function placed(posts: Affiliation[], today: string): Line | null {
  const dated = posts.filter(({ from, to }) => from ?? to);
  const begin = Math.min(...dated.map(({ from, to }) => yearsOf(from ?? to ?? today)));
  const end = Math.max(
    yearsOf(today),
    ...dated.map(({ from, to }) => (to ? endOf(to) : yearsOf(from ?? today))),
  );
  const first = Math.floor(begin);
  const length = end - first;
  if (dated.length === 0 || length <= 0) return null;
  const at = (year: number) => (year - first) / length;
  const step = Math.max(1, Math.ceil(length / 6));
  return {
    spans: dated.map((post) => ({
      post,
      from: post.from ? at(yearsOf(post.from)) : 0,
      to: post.to ? at(endOf(post.to)) : 1,
    })),
    years: Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => first + i * step).map(
      (year) => ({ year, at: at(year) }),
    ),
  };
}
