import { Button, Code, CopyButton, Group, Stack } from '@mantine/core';

interface ShownOnceProps {
  secret: string;
  /** What to do with it. */
  children: string;
  onClose: () => void;
}

/** A secret, the one time that it can be seen. */
export function ShownOnce({ secret, children, onClose }: ShownOnceProps) {
  return (
    <Stack gap="sm">
      <p style={{ margin: 0 }}>{children} Copy it now: Piper cannot show it again.</p>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
        {secret}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
