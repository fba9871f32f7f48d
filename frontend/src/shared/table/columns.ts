import type { Column } from './RecordTable';

/** The keys of the columns that an address names, or the list's own. Names that are none are left out. */
export function shownKeys(all: { key: string }[], own: string[], named: string | undefined) {
  const isKnown = (name: string) => all.some((one) => one.key === name);
  const known = (named?.split(',') ?? []).filter(
    (name, at, names) => names.indexOf(name) === at && isKnown(name),
  );
  return known.length > 0 ? known : own.filter(isKnown);
}

/** Columns by their keys. What a person has chosen is shown at any width, each as wide as the others. */
export function columnsOf<T>(all: Column<T>[], keys: string[], chosen: boolean): Column<T>[] {
  return keys
    .map((key) => all.find((one) => one.key === key))
    .filter((one) => one !== undefined)
    .map((one) => {
      if (!chosen) return one;
      const { width, ...rest } = one;
      return { ...rest, wideOnly: false, ...(width?.endsWith('px') && { width }) };
    });
}
