import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { apiUrl } from '@/shared/api/client';

interface DownloadsProps {
  /** Of the file. */
  name: string;
  title: string;
  query: Record<string, string | number | undefined>;
  /** The address of the picture without its ending, where there is one. */
  picture?: string;
  /** The address of the figures without their ending. */
  table: string;
}

const pictures = { svg: 'SVG, for print', png: 'PNG, for documents' };
const tables = { csv: 'CSV, the figures', xlsx: 'XLSX, the figures' };

/** The same figures as files: as a picture and for spreadsheets. */
export function Downloads({ name, title, query, picture, table }: DownloadsProps) {
  const items = [
    ...(picture
      ? Object.entries(pictures).map(([kind, word]) => ({ at: picture, kind, word }))
      : []),
    ...Object.entries(tables).map(([kind, word]) => ({ at: table, kind, word })),
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          aria-label={`Download ${title}`}
        >
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ at, kind, word }) => (
          <Menu.Item
            key={kind}
            component="a"
            href={apiUrl(`${at}.${kind}`, query)}
            download={`${name}.${kind}`}
          >
            {word}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
