import { Checkbox, Stack, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface FolderPickerProps {
  /** What the server has, once a test has asked it. */
  offered: string[];
  value: string[];
  onChange: (folders: string[]) => void;
  error?: ReactNode;
}

const hint = 'Nothing else is read. Choose folders in which there is no case work.';

export function FolderPicker({ offered, value, onChange, error }: FolderPickerProps) {
  if (offered.length === 0) {
    return (
      <TagsInput
        label="Folders to read"
        description={`${hint} Test the mailbox to choose from a list, or write their names.`}
        value={value}
        onChange={onChange}
        error={error}
      />
    );
  }
  const gone = value.filter((folder) => !offered.includes(folder));
  return (
    <Checkbox.Group
      label="Folders to read"
      description={hint}
      value={value}
      onChange={onChange}
      error={error}
    >
      <Stack gap={6} mt={6} mah={260} style={{ overflowY: 'auto' }}>
        {[...offered, ...gone].map((folder) => (
          <Checkbox
            key={folder}
            value={folder}
            label={gone.includes(folder) ? `${folder} (not on the server)` : folder}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
