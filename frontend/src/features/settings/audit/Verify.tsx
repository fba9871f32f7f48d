import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { Dialog } from '@/shared/ui/Dialog';

/** Recomputes the chain of the journal and says whether anybody has touched it. */
export function Verify() {
  const verify = useMutation({ mutationFn: () => data(api.GET('/audit/verify')) });
  const verdict = verify.data;
  return (
    <>
      <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
        Verify
      </Button>
      <Dialog opened={verdict !== undefined} onClose={verify.reset} title="Verification" size="lg">
        {verdict && (
          <>
            <Alert color={verdict.intact ? 'pine' : 'red'} variant="light">
              {verdict.sentence}
            </Alert>
            {verdict.findings.length > 0 && (
              <ul>
                {verdict.findings.map((finding, i) => (
                  <li key={i}>{finding.sentence}</li>
                ))}
              </ul>
            )}
            {verdict.notes.map((note) => (
              <p key={note} style={{ color: 'var(--mute)' }}>
                {note}
              </p>
            ))}
          </>
        )}
      </Dialog>
    </>
  );
}
