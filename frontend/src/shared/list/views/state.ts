import type { View } from '@/shared/api/types';

/** What a list shows and how, as the address holds it. */
export interface ListState {
  q?: string | undefined;
  where?: string | undefined;
  sort?: string | undefined;
  /** Names of columns in order, parted by commas; none means the list's own. */
  columns?: string | undefined;
  /** The view it was opened with; "all" is the list's own. */
  view?: string | undefined;
}

export interface ViewFields {
  name: string;
  shared: boolean;
  pinned: boolean;
  columns: string[];
  sort?: string;
  text?: string;
  where?: string;
}

export const listOwn: ListState = { view: 'all' };

/** The next address of a list. One that says nothing would open the view that one has chosen. */
export function moved<T extends ListState & { rows?: number | undefined }>(
  old: T,
  next: Partial<T>,
): T {
  const all = { ...old, rows: undefined, ...next };
  return Object.values(all).every((value) => value === undefined) ? { ...all, ...listOwn } : all;
}

/** The address of a view. All that it shows stands there, so that a shared link shows the same to anybody. */
export function stateOf(view: View): ListState {
  return {
    view: view.id,
    q: view.text || undefined,
    where: view.where || undefined,
    sort: view.sort || undefined,
    columns: view.columns.join(',') || undefined,
  };
}

export function fieldsOf(
  state: ListState,
  { name, shared, pinned }: Pick<View, 'name' | 'shared' | 'pinned'>,
): ViewFields {
  return {
    name,
    shared,
    pinned,
    columns: state.columns?.split(',') ?? [],
    ...(state.sort && { sort: state.sort }),
    ...(state.q && { text: state.q }),
    ...(state.where && { where: state.where }),
  };
}

/** Whether the list shows something else than the view that it was opened with. */
export function differs(state: ListState, view: View): boolean {
  const saved = stateOf(view);
  return (['q', 'where', 'sort', 'columns'] as const).some((key) => state[key] !== saved[key]);
}
