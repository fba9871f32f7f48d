type Fields = Record<string, unknown>;

export interface Difference {
  field: string;
  before: unknown;
  theirs: unknown;
  mine: unknown;
  /** Both changed this field, to different values: only one can stay. */
  clash: boolean;
}

const same = (a: unknown, b: unknown) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** Absent, null, "" and [] all say that a field has no value. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return value;
}

/** What somebody else changed while a form was open, field by field. */
export function differences<T extends object>(base: T, mine: T, theirs: T): Difference[] {
  const [b, m, t] = [base as Fields, mine as Fields, theirs as Fields];
  return Object.keys(t)
    .filter((field) => !same(b[field], t[field]))
    .map((field) => ({
      field,
      before: b[field],
      theirs: t[field],
      mine: m[field],
      clash: !same(b[field], m[field]) && !same(m[field], t[field]),
    }));
}

/** Their record with what I changed on top, so that keeping mine undoes nothing that I did not touch. */
export function keepMine<T extends object>(base: T, mine: T, theirs: T): T {
  const result = { ...theirs };
  for (const field of Object.keys(mine) as (keyof T)[]) {
    if (!same(base[field], mine[field])) result[field] = mine[field];
  }
  return result;
}
