/** Reading filters out of an address. Whatever a person may have typed there, a page must open. */
type Raw = Record<string, unknown>;

/** Text, or undefined where there is none. The router parses ?year=2025 and ?q=007 as numbers. */
export function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function oneOf<T extends string>(
  raw: Raw,
  key: string,
  allowed: readonly T[],
): T | undefined {
  const value = text(raw, key);
  return allowed.find((one) => one === value);
}

export function manyOf<T extends string>(
  raw: Raw,
  key: string,
  allowed: readonly T[],
): T[] | undefined {
  const value = raw[key];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const known = allowed.filter((one) => list.includes(one));
  return known.length > 0 ? known : undefined;
}

export function count(raw: Raw, key: string): number | undefined {
  const value = Number(raw[key]);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

export function date(raw: Raw, key: string): string | undefined {
  const value = text(raw, key);
  return value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

export function yes(raw: Raw, key: string): true | undefined {
  return raw[key] === true || raw[key] === 'true' ? true : undefined;
}
