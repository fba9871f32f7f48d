import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { apiUrl } from '@/shared/api/client';

interface ExportMenuProps {
  /** Path by format: what the filters find, all of it, with the columns that are shown. */
  formats: { label: string; path: string }[];
  query: Parameters<typeof apiUrl>[1];
}

export function ExportMenu({ formats, query }: ExportMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ label, path }) => (
          <Menu.Item key={path} component="a" href={apiUrl(path, query)} download>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
