import { Alert, Button } from '@mantine/core';

interface BehindProps {
  /** What has changed, as in "The case has". */
  what: string;
  onDrop: () => void;
}

/** Beside a form with unsaved answers: somebody else was quicker. */
export function Behind({ what, onDrop }: BehindProps) {
  return (
    <Alert color="yellow" variant="light" role="alert" mb="md">
      <p style={{ margin: '0 0 8px' }}>{what} changed meanwhile, so this cannot be saved.</p>
      <Button size="xs" variant="default" onClick={onDrop}>
        Drop mine, show theirs
      </Button>
    </Alert>
  );
}
