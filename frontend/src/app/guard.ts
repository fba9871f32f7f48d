import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { isStatus } from '@/shared/api/problem';
import type { Permission, Session } from '@/shared/api/types';
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

/** For a route's beforeLoad: shows a sentence instead of a page full of refusals. */
export function need(permission: Permission) {
  return ({ context }: { context: { session: Session } }) => {
    if (!context.session.permissions.includes(permission)) throw new NotForThisRole();
  };
}
