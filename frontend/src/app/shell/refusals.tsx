import type { ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState, ErrorState } from '@/shared/states/states';
import { ButtonLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { NotForThisRole } from '../guard';

export function NotFound() {
  return (
    <Page title="Nothing here" narrow>
      <EmptyState
        title="There is no page at this address."
        action={
          <ButtonLink to="/" variant="default">
            Go to Home
          </ButtonLink>
        }
      >
        The record may have been removed, or the link may be incomplete.
      </EmptyState>
    </Page>
  );
}

/** A page that could not be built: because of the role, of the network, or of us. */
export function PageError({ error, reset }: ErrorComponentProps) {
  if (error instanceof NotForThisRole) {
    return (
      <Page title="Not part of your role" narrow>
        <EmptyState
          title="Your access role does not include this page."
          action={
            <ButtonLink to="/" variant="default">
              Go to Home
            </ButtonLink>
          }
        >
          An administrator can change your role if you need it for your work.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title="Something is in the way" narrow>
      <ErrorState error={error} onRetry={reset} />
    </Page>
  );
}
