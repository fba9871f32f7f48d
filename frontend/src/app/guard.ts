import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { isStatus } from '@/shared/api/problem';
import type { ListName, Permission, Session } from '@/shared/api/types';
import { viewsQuery } from '@/shared/list/views/queries';
import { stateOf, type ListState } from '@/shared/list/views/state';
import { sessionQuery } from '@/shared/session/session';

/** Raised by a page that the signed-in role does not include. */
export class NotForThisRole extends Error {
  override readonly name = 'NotForThisRole';
}

/** Loads the session, or leads to the sign-in page and from there back here. */
export async function requireSession(client: QueryClient, href: string): Promise<Session> {
  try {
    return await client.query({ ...sessionQuery, staleTime: 'static' });
  } catch (error) {
    if (!isStatus(error, 401)) throw error;
    throw redirect({ to: '/signin', search: href === '/' ? {} : { next: href } });
  }
}

/**
 * The view that the reader opens a list with, where the address says nothing else. Without views a list opens
 * as it is.
 */
export async function chosenView(
  client: QueryClient,
  list: ListName,
  search: object,
): Promise<ListState | undefined> {
  if (Object.values(search).some((value) => value !== undefined)) return undefined;
  const views = await client.query({ ...viewsQuery(list) }).catch(() => undefined);
  const view = views?.items.find(({ id }) => id === views.chosen);
  return view && stateOf(view);
}

/** For a route's beforeLoad: shows a sentence instead of a page full of refusals. */
export function need(permission: Permission) {
  return ({ context }: { context: { session: Session } }) => {
    if (!context.session.permissions.includes(permission)) throw new NotForThisRole();
  };
}
