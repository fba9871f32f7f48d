import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { apiUrl } from '@/shared/api/client';

interface ExportButtonProps {
  path: string;
  query: Parameters<typeof apiUrl>[1];
  label?: string;
}

/** Downloads what the filters find, all of it, not only what is loaded. */
export function ExportButton({ path, query, label = 'CSV' }: ExportButtonProps) {
  return (
    <Button
      component="a"
      href={apiUrl(path, query)}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      aria-label={`Download as ${label}`}
    >
      {label}
    </Button>
  );
}
