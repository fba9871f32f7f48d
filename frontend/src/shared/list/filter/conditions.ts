/** One condition as the address holds it: a field, an operator and, mostly, a value. */
export type Condition = [field: string, op: string, value?: unknown];

/** The conditions that stand side by side in a filter; a group is one of them. */
function partsOf(where: string | undefined): unknown[][] {
  try {
    const tree: unknown = JSON.parse(where ?? '[]');
    if (!Array.isArray(tree) || tree.length === 0) return [];
    return (tree[0] === 'and' ? tree.slice(1) : [tree]).filter((one) => Array.isArray(one));
  } catch {
    return [];
  }
}

/** The filter of conditions that must all be met; those without a value do not narrow it. */
export function whereOf(conditions: unknown[][]): string | undefined {
  const all = conditions.filter((one) => one[2] !== undefined || one.length === 2);
  if (all.length === 0) return undefined;
  return JSON.stringify(all.length === 1 ? all[0] : ['and', ...all]);
}

/** The value of a condition that stands side by side with the others. */
export function valueOf(where: string | undefined, field: string, op: string): unknown {
  return partsOf(where).find((one) => one[0] === field && one[1] === op)?.[2];
}

export function textOf(where: string | undefined, field: string, op: string): string | undefined {
  const value = valueOf(where, field, op);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The same filter with conditions set or taken out, these before the others, so that the same filter is written the same. */
export function withConditions(
  where: string | undefined,
  conditions: Condition[],
): string | undefined {
  const others = partsOf(where).filter(
    (one) => !conditions.some(([field, op]) => one[0] === field && one[1] === op),
  );
  return whereOf([...conditions, ...others]);
}

/** The same filter with one condition set, or without it. What else narrows the list stays as it is. */
export function withCondition(
  where: string | undefined,
  [field, op, value]: Condition,
): string | undefined {
  const parts = partsOf(where);
  const at = parts.findIndex((one) => one[0] === field && one[1] === op);
  const next = value === undefined ? [] : [[field, op, value]];
  return whereOf(
    at < 0 ? [...parts, ...next] : [...parts.slice(0, at), ...next, ...parts.slice(at + 1)],
  );
}
