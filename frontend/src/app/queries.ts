import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isStatus, ProblemError } from '@/shared/api/problem';
import { sayFailed } from '@/shared/ui/say';

/** Tries again what may pass by itself, never what the server has refused. */
function worthAnotherTry(failures: number, error: unknown): boolean {
  if (error instanceof ProblemError && error.status < 500) return false;
  return failures < 1;
}

export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const noticeSignedOut = (error: unknown) => {
    if (isStatus(error, 401)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== 'session') noticeSignedOut(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        // A form that shows its own errors says so with its own onError.
        if (!mutation.options.onError) sayFailed(error);
        if (mutation.meta?.['isSignIn'] !== true) noticeSignedOut(error);
      },
    }),
    defaultOptions: {
      queries: { staleTime: 20_000, gcTime: 10 * 60_000, retry: worthAnotherTry },
    },
  });
}
