import { useQuery } from '@tanstack/react-query';
import { colleaguesQuery } from './colleagues';

/** The name of an account; nothing while it is unknown. */
export function ColleagueName({ id }: { id: string | undefined }) {
  const names = useQuery(colleaguesQuery).data;
  return id ? names?.get(id) : null;
}
