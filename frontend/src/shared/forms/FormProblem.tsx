import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

/** Above a form: what was wrong that belongs to no single field. */
export function FormProblem({ message }: { message: string }) {
  if (!message) return null;
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      mb="md"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      styles={{ message: { color: 'var(--bad)' } }}
    >
      {message}
    </Alert>
  );
}
